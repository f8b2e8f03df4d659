import { COMPLETED } from './copies.js';
import { GuestCopy } from './guest-copy.js';
import { later, microtask, stateOf } from './scheduler.js';
export const BULK = 2 ** 20;
const TOGETHER = 2 ** 16;
const LARGE = 2 ** 14;
let spare = undefined;
const streams = new WeakMap();
export class ByteReader {
    type = 'bytes';
    inst = undefined;
    elements = undefined;
    stream;
    length = 0;
    progress = 0;
    cx;
    shared;
    touched = false;
    controller = undefined;
    view = undefined;
    small = undefined;
    large = undefined;
    due = false;
    constructor(cx, shared) {
        this.cx = cx;
        this.shared = shared;
        this.stream = new ReadableStream(this);
        streams.set(this.stream, this);
    }
    static release(stream, type) {
        const reader = streams.get(stream);
        if (reader === undefined || reader.touched || reader.shared.type !== type || stream.locked)
            return undefined;
        stream.getReader();
        return reader.shared;
    }
    abandon() {
        if (!this.touched && !this.stream.locked)
            void this.stream.cancel();
    }
    pull(controller) {
        this.touched = true;
        if (this.controller !== undefined)
            return;
        this.controller = controller;
        this.view = controller.byobRequest?.view;
        this.progress = 0;
        this.length = this.view?.length ?? BULK;
        stateOf(this.cx).pending.add(this.broken);
        later(this.cx, this.begin);
    }
    cancel() {
        this.end();
        this.shared.drop();
    }
    begin = () => {
        if (this.controller === undefined)
            return;
        let result = this.shared.read(this);
        if (result === COMPLETED && this.progress < this.length)
            result = this.shared.read(this);
        if (result !== undefined || this.progress > 0)
            this.copied();
    };
    read() {
        return [];
    }
    take(from, n) {
        const came = from instanceof GuestCopy ? from.bytes(n) : from.read(n);
        const to = this.view ?? this.small;
        if (to !== undefined) {
            to.set(came, this.progress);
        }
        else if (n < LARGE) {
            this.small = spare ?? new Uint8Array(TOGETHER);
            spare = undefined;
            this.small.set(came);
            this.length = TOGETHER;
        }
        else {
            this.large = new Uint8Array(came);
            this.length = n;
        }
        this.progress += n;
    }
    copied() {
        if (this.due)
            return;
        this.due = true;
        microtask(this.deliver);
    }
    done() {
        this.copied();
    }
    deliver = () => {
        const { controller, small, large, progress } = this;
        this.due = false;
        if (controller === undefined)
            return;
        this.shared.leave(this);
        const chunk = large ?? small?.slice(0, progress);
        this.end();
        if (chunk !== undefined) {
            controller.enqueue(chunk);
        }
        else if (progress > 0) {
            controller.byobRequest.respond(progress);
        }
        else {
            controller.close();
            controller.byobRequest?.respond(0);
        }
    };
    broken = (reason) => {
        const { controller } = this;
        this.end();
        controller?.error(reason);
    };
    end() {
        spare = this.small ?? spare;
        this.controller = this.view = this.small = this.large = undefined;
        stateOf(this.cx).pending.delete(this.broken);
    }
}

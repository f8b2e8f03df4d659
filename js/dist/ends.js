import { inside } from './scheduler.js';
import { FUTURE_READ, FUTURE_WRITE, STREAM_READ, STREAM_WRITE, Waitable } from './waitables.js';
export const COMPLETED = 0;
export const DROPPED = 1;
export const CANCELLED = 2;
const MOST = 2 ** 28 - 1;
export class GuestBuffer {
    progress = 0;
    length;
    elements;
    inst;
    ptr;
    constructor(inst, elements, ptr, length, type) {
        this.inst = inst;
        this.length = length >>> 0;
        this.elements = elements;
        this.ptr = ptr >>> 0;
        if (this.length > MOST)
            inst.root.trap(`${type}: too many elements`);
        if (elements !== undefined && this.length > 0) {
            elements.m.at(ptr, elements.align, this.length * elements.size, type);
        }
    }
    bytes(n) {
        const { m, size } = this.elements;
        const from = this.ptr + this.progress * size;
        return m.u8.subarray(from, from + n * size);
    }
    read(n) {
        const { elements } = this;
        const from = this.ptr + this.progress * (elements?.size ?? 0);
        this.progress += n;
        return elements === undefined ? new Array(n).fill(undefined) : this.in(() => elements.load(from, n));
    }
    write(values) {
        const { elements } = this;
        const to = this.ptr + this.progress * (elements?.size ?? 0);
        this.progress += values.length;
        if (elements !== undefined)
            this.in(() => elements.store(to, values));
    }
    in(work) {
        const cx = this.inst.root;
        return inside(cx, cx.at === '' ? 'stream' : cx.at, cx.task, work);
    }
}
export class Sink {
    progress = 0;
    length;
    chunks = [];
    constructor(length) {
        this.length = length;
    }
    read() {
        return [];
    }
    write(values) {
        this.progress += values.length;
        this.chunks.push(values);
    }
    take() {
        const { chunks } = this;
        return chunks.length === 1 ? chunks[0] : chunks.flatMap((chunk) => Array.from(chunk));
    }
}
export class Supply {
    progress = 0;
    length;
    values;
    constructor(values) {
        this.values = values;
        this.length = values.length;
    }
    read(n) {
        const from = this.progress;
        this.progress += n;
        if (from === 0 && n === this.length)
            return this.values;
        return ArrayBuffer.isView(this.values)
            ? this.values.subarray(from, from + n)
            : Array.prototype.slice.call(this.values, from, from + n);
    }
    write() {
        throw new TypeError('there is nothing to write to');
    }
}
const remain = (buffer) => buffer.length - buffer.progress;
function copy(from, to) {
    const n = Math.min(remain(from), remain(to));
    if (n === 0)
        return;
    if (from instanceof GuestBuffer && to instanceof GuestBuffer && from.elements?.pure !== false) {
        if (from.elements !== undefined)
            to.bytes(n).set(from.bytes(n));
        from.progress += n;
        to.progress += n;
    }
    else {
        to.write(from.read(n));
    }
}
export class Shared {
    dropped = false;
    onDrop = undefined;
    onWant = undefined;
    reader = undefined;
    writer = undefined;
    type;
    pending = undefined;
    constructor(type) {
        this.type = type;
    }
    read(mine) {
        const { pending } = this;
        if (this.dropped) {
            mine.done(DROPPED);
        }
        else if (pending === undefined) {
            this.pending = mine;
            this.onWant?.();
        }
        else {
            this.checkLocal(mine, pending);
            if (remain(pending.buffer) > 0) {
                if (remain(mine.buffer) > 0) {
                    copy(pending.buffer, mine.buffer);
                    this.told(pending);
                }
                mine.done(COMPLETED);
            }
            else {
                this.end(COMPLETED);
                this.pending = mine;
            }
        }
    }
    write(mine) {
        const { pending } = this;
        if (this.dropped) {
            mine.done(DROPPED);
        }
        else if (pending === undefined) {
            this.pending = mine;
        }
        else {
            this.checkLocal(mine, pending);
            if (remain(pending.buffer) > 0) {
                if (remain(mine.buffer) > 0) {
                    copy(mine.buffer, pending.buffer);
                    this.told(pending);
                }
                mine.done(COMPLETED);
            }
            else if (mine.buffer.length === 0 && pending.buffer.length === 0) {
                mine.done(COMPLETED);
            }
            else {
                this.end(COMPLETED);
                this.pending = mine;
            }
        }
    }
    get wanted() {
        return this.pending === undefined ? 0 : remain(this.pending.buffer);
    }
    get waiting() {
        return this.pending !== undefined;
    }
    cancel() {
        this.end(CANCELLED);
    }
    drop() {
        if (this.dropped)
            return;
        this.dropped = true;
        if (this.pending !== undefined) {
            this.end(DROPPED);
        }
        else {
            this.reader?.alone();
            this.writer?.alone();
        }
        this.onDrop?.();
    }
    told(pending) {
        pending.copied(() => {
            if (this.pending === pending)
                this.pending = undefined;
        });
    }
    end(result) {
        const { pending } = this;
        this.pending = undefined;
        pending?.done(result);
    }
    checkLocal(mine, other) {
        if (mine.inst === undefined || mine.inst !== other.inst)
            return;
        const elements = mine.buffer instanceof GuestBuffer ? mine.buffer.elements : undefined;
        if (elements !== undefined && !elements.pure) {
            mine.inst.root.trap(`cannot read from and write to a ${this.type} in one instance`);
        }
    }
}
export class End extends Waitable {
    state = 'idle';
    shared;
    readable;
    constructor(shared, readable) {
        super();
        this.shared = shared;
        this.readable = readable;
        if (readable)
            shared.reader = this;
        else
            shared.writer = this;
        if (shared.dropped)
            this.alone();
    }
    get future() {
        return this.shared.type.startsWith('future');
    }
    get code() {
        if (this.future)
            return this.readable ? FUTURE_READ : FUTURE_WRITE;
        return this.readable ? STREAM_READ : STREAM_WRITE;
    }
    alone() {
        if (this.state !== 'idle' || this.hasEvent || (this.future && this.readable))
            return;
        this.notify(() => {
            this.state = 'done';
            return [this.code, this.index, DROPPED];
        });
    }
    leave() {
        if (this.readable)
            this.shared.reader = undefined;
        else
            this.shared.writer = undefined;
    }
    get copying() {
        return this.state === 'copying' || this.state === 'cancelling';
    }
}

import { CANCELLED, COMPLETED, DROPPED } from './copies.js';
import { inside } from './scheduler.js';
const MOST = 2 ** 28 - 1;
export class GuestCopy {
    progress = 0;
    inst;
    elements;
    length;
    end;
    ptr;
    constructor(inst, end, elements, ptr, length) {
        this.inst = inst;
        this.end = end;
        this.elements = elements;
        this.ptr = ptr >>> 0;
        this.length = length >>> 0;
        const { type } = end.shared;
        if (this.length > MOST)
            inst.root.trap(`${type}: too many elements`);
        if (elements !== undefined && this.length > 0) {
            elements.m.at(ptr, elements.align, this.length * elements.size, type);
        }
    }
    get at() {
        return this.ptr + this.progress * (this.elements?.size ?? 0);
    }
    bytes(n) {
        const { at } = this;
        const { m, size } = this.elements;
        this.progress += n;
        return m.u8.subarray(at, at + n * size);
    }
    read(n) {
        const { elements, at } = this;
        this.progress += n;
        return elements === undefined ? new Array(n).fill(undefined) : this.in(() => elements.load(at, n));
    }
    take(from, n) {
        const { elements, at } = this;
        if (from instanceof GuestCopy && elements === undefined) {
            from.progress += n;
            this.progress += n;
        }
        else if (from instanceof GuestCopy && elements.pure) {
            this.bytes(n).set(from.bytes(n));
        }
        else {
            const values = from.read(n);
            this.progress += n;
            if (values instanceof Uint8Array && this.end.shared.type === 'stream<u8>')
                elements.m.u8.set(values, at);
            else if (elements !== undefined)
                this.in(() => elements.store(at, values));
        }
    }
    copied() {
        if (this.end.future)
            this.end.shared.leave(this);
        this.end.notify(() => {
            this.end.shared.leave(this);
            return this.event(COMPLETED);
        });
    }
    done(result) {
        this.end.notify(() => this.event(result));
    }
    result(result) {
        const { end } = this;
        const { future, shared } = end;
        if (!future && result === COMPLETED) {
            if (shared.dropped)
                result = DROPPED;
            else if (end.state === 'cancelling')
                result = CANCELLED;
        }
        end.state = result === DROPPED || (future && result === COMPLETED) ? 'done' : 'idle';
        return future ? result : result | (this.progress << 4);
    }
    event(result) {
        return [this.end.code, this.end.index, this.result(result)];
    }
    in(work) {
        const cx = this.inst.root;
        cx.depth++;
        const value = inside(cx, cx.at === '' ? this.end.shared.label : cx.at, cx.task, work);
        cx.depth--;
        return value;
    }
}

import { HostWrite } from './copies.js';
import { reject } from './instance.js';
import { fail, later, microtask, now, stateOf } from './scheduler.js';
import { isThenable } from './subtasks.js';
export function sourceOf(v, bytes) {
    if (typeof v !== 'object' || v === null)
        return undefined;
    if (ArrayBuffer.isView(v) || (Array.isArray(v) && !bytes))
        return once(v);
    if (v instanceof ReadableStream)
        return v.locked ? undefined : reading(v, bytes);
    const reader = v;
    if (typeof reader.read === 'function' && typeof reader.chunks === 'function' && typeof reader.close === 'function') {
        return { next: (max) => reader.read(max), values: same, stop: () => reader.close() };
    }
    const many = v;
    if (typeof many[Symbol.asyncIterator] === 'function')
        return comingFrom(() => many[Symbol.asyncIterator](), bytes);
    if (typeof many[Symbol.iterator] === 'function')
        return takenFrom(() => many[Symbol.iterator](), bytes);
    return undefined;
}
const same = (values) => values;
function once(chunk) {
    let left = chunk;
    return {
        next() {
            const now = left;
            left = undefined;
            return now;
        },
        values: same,
        stop: () => undefined,
    };
}
const stepped = (bytes) => bytes
    ? ({ done, value }) => (done === true ? undefined : value)
    : ({ done, value }) => (done === true ? undefined : [value]);
function comingFrom(begin, bytes) {
    let iterator;
    const begun = () => (iterator ??= begin());
    return { next: () => begun().next(), values: stepped(bytes), stop: () => begun().return?.() };
}
function takenFrom(begin, bytes) {
    let iterator;
    const begun = () => (iterator ??= begin());
    return {
        next(max) {
            const values = [];
            while (values.length < max) {
                const { done, value } = begun().next();
                if (done === true)
                    break;
                if (bytes)
                    return value;
                values.push(value);
            }
            return values.length > 0 ? values : undefined;
        },
        values: same,
        stop: () => begun().return?.(),
    };
}
function reading(stream, bytes) {
    const byob = bytes ? bytesReader(stream) : undefined;
    if (byob !== undefined)
        return byob;
    const reader = stream.getReader();
    return { next: () => reader.read(), values: stepped(bytes), stop: () => reader.cancel() };
}
const PIECE = 2 ** 16;
function bytesReader(stream) {
    let reader;
    try {
        reader = stream.getReader({ mode: 'byob' });
    }
    catch {
        return undefined;
    }
    let memory = new ArrayBuffer(0);
    return {
        next(max) {
            const n = Math.min(max, PIECE);
            if (memory.byteLength < n)
                memory = new ArrayBuffer(n);
            return reader.read(new Uint8Array(memory, 0, n));
        },
        values({ done, value }) {
            if (done)
                return undefined;
            memory = value.buffer;
            return value;
        },
        stop: () => reader.cancel(),
    };
}
const isChunk = (v) => Array.isArray(v) || (ArrayBuffer.isView(v) && !(v instanceof DataView));
export class Pump {
    cx;
    shared;
    source;
    write;
    busy = false;
    over = false;
    constructor(cx, shared, source) {
        this.cx = cx;
        this.shared = shared;
        this.source = source;
        this.write = new HostWrite(shared, [], () => microtask(this.again));
        shared.onWant = () => microtask(this.step);
        shared.onDrop = this.stop;
        stateOf(cx).pending.add(this.stop);
    }
    step = () => {
        const { shared, source } = this;
        if (this.busy || this.over)
            return;
        this.busy = true;
        try {
            while (shared.waiting) {
                const answer = source.next(Math.max(shared.wanted, 1));
                if (isThenable(answer))
                    return void answer.then(this.got, this.fail);
                if (!this.put(source.values(answer)))
                    return;
            }
            this.busy = false;
        }
        catch (e) {
            this.fail(e);
        }
    };
    again = () => {
        this.busy = false;
        this.step();
    };
    got = (answer) => {
        if (this.over)
            return;
        try {
            if (this.put(this.source.values(answer)))
                this.again();
        }
        catch (e) {
            this.fail(e);
        }
    };
    put(values) {
        const { cx, shared, write } = this;
        if (values === undefined) {
            this.end();
            later(cx, () => shared.drop());
            return false;
        }
        if (!isChunk(values))
            reject('pieces that are a Uint8Array', values, shared.label);
        write.next(values);
        later(cx, this.start);
        return write.all && !this.over;
    }
    start = () => this.write.start();
    fail = (reason) => {
        if (this.over)
            return;
        this.end();
        fail(this.cx, reason, this.shared.label);
    };
    stop = () => {
        this.end();
        void now.then(() => this.source.stop()).catch(() => undefined);
    };
    end() {
        this.over = true;
        this.shared.onDrop = this.shared.onWant = undefined;
        stateOf(this.cx).pending.delete(this.stop);
    }
}

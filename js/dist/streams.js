import { DROPPED, Shared, Sink, Supply } from './ends.js';
import { addEnd, takeEnd } from './guest-ends.js';
import { fail, later, promised, microtask } from './scheduler.js';
export { cancelRead as streamCancelRead, cancelWrite as streamCancelWrite, dropReadable as streamDropReadable, dropWritable as streamDropWritable, makeEnds as streamNew, readEnd as streamRead, transferEnd as transferStream, writeEnd as streamWrite, } from './guest-ends.js';
const BULK = 2 ** 20;
export class StreamReader {
    shared;
    cx;
    touched = false;
    constructor(cx, shared) {
        this.cx = cx;
        this.shared = shared;
    }
    read(max = BULK) {
        const { cx, shared } = this;
        if (shared === undefined)
            return Promise.reject(new TypeError('the stream was given away'));
        this.touched = true;
        return readShared(cx, shared, max);
    }
    async *chunks(max = BULK) {
        try {
            for (let chunk = await this.read(max); chunk !== undefined; chunk = await this.read(max))
                yield chunk;
        }
        finally {
            this.close();
        }
    }
    async *[Symbol.asyncIterator]() {
        for await (const chunk of this.chunks())
            yield* chunk;
    }
    close() {
        this.shared?.drop();
    }
    abandon() {
        if (!this.touched)
            this.close();
    }
    static release(reader) {
        const { shared } = reader;
        if (shared === undefined)
            throw new TypeError('the stream was given away');
        reader.shared = undefined;
        return shared;
    }
}
export function readShared(cx, shared, max) {
    return promised(cx, (resolve) => {
        const buffer = new Sink(max);
        later(cx, () => shared.read({
            inst: undefined,
            buffer,
            copied: (takeBack) => {
                takeBack();
                resolve(buffer.take());
            },
            done: (result) => resolve(buffer.progress > 0 || result !== DROPPED ? buffer.take() : undefined),
        }));
    });
}
const byteStreams = new WeakMap();
export function liftStream(inst, type, index) {
    const cx = inst.root;
    const shared = takeEnd(inst, type, index);
    if (type !== 'stream<u8>') {
        const reader = new StreamReader(cx, shared);
        cx.giving?.push(reader);
        return reader;
    }
    const stream = byteStream(cx, shared);
    cx.giving?.push({
        abandon: () => {
            if (!stream.locked && byteStreams.has(stream))
                void stream.cancel();
        },
    });
    return stream;
}
function byteStream(cx, shared) {
    const stream = new ReadableStream({
        type: 'bytes',
        async pull(controller) {
            const max = controller.byobRequest?.view?.byteLength ?? BULK;
            const chunk = (await readShared(cx, shared, max));
            if (chunk === undefined) {
                controller.close();
                controller.byobRequest?.respond(0);
            }
            else if (chunk.length > 0) {
                controller.enqueue(chunk);
            }
            else {
                await this.pull(controller);
            }
        },
        cancel() {
            shared.drop();
        },
    });
    byteStreams.set(stream, shared);
    return stream;
}
export function lowerStream(inst, type, v, field) {
    return addEnd(inst, sharedOf(inst, type, v, field), true);
}
function sharedOf(inst, type, v, field) {
    const cx = inst.root;
    if (v instanceof StreamReader)
        return StreamReader.release(v);
    if (v instanceof ReadableStream) {
        const shared = byteStreams.get(v);
        if (shared !== undefined && !v.locked && shared.type === type) {
            byteStreams.delete(v);
            v.getReader();
            return shared;
        }
    }
    const source = sourceOf(v, type === 'stream<u8>');
    if (source === undefined)
        return cx.reject(type, v, field);
    const shared = new Shared(type);
    void pump(cx, shared, source);
    return shared;
}
const isChunk = (v) => Array.isArray(v) || ArrayBuffer.isView(v);
function sourceOf(v, bytes) {
    if (typeof v !== 'object' || v === null)
        return undefined;
    if (ArrayBuffer.isView(v) || (Array.isArray(v) && !bytes))
        return once(v);
    if (v instanceof ReadableStream)
        return reading(v, bytes);
    const reader = v;
    if (typeof reader.read === 'function' && typeof reader.chunks === 'function' && typeof reader.close === 'function') {
        return { next: (max) => reader.read(max), stop: () => reader.close() };
    }
    const many = v;
    const iterator = many[Symbol.asyncIterator]?.() ?? many[Symbol.iterator]?.();
    if (iterator === undefined)
        return undefined;
    return {
        async next() {
            const { done, value } = await iterator.next();
            if (done === true)
                return undefined;
            return bytes ? value : [value];
        },
        stop: () => void iterator.return?.(),
    };
}
function once(chunk) {
    let left = chunk;
    return {
        next() {
            const now = left;
            left = undefined;
            return Promise.resolve(now);
        },
        stop: () => undefined,
    };
}
function reading(stream, bytes) {
    const byob = bytes ? bytesReader(stream) : undefined;
    if (byob !== undefined)
        return byob;
    const reader = stream.getReader();
    return {
        async next() {
            const { done, value } = await reader.read();
            if (done)
                return undefined;
            return bytes ? value : [value];
        },
        stop: () => void reader.cancel().catch(() => undefined),
    };
}
function bytesReader(stream) {
    let reader;
    try {
        reader = stream.getReader({ mode: 'byob' });
    }
    catch {
        return undefined;
    }
    return {
        async next(max) {
            const { done, value } = await reader.read(new Uint8Array(Math.min(Math.max(max, 1), PIECE)));
            return done ? undefined : value;
        },
        stop: () => void reader.cancel().catch(() => undefined),
    };
}
const PIECE = 2 ** 16;
async function pump(cx, shared, source) {
    let wake = () => undefined;
    shared.onWant = () => wake();
    shared.onDrop = () => {
        source.stop();
        wake();
    };
    try {
        for (;;) {
            if (!shared.waiting && !shared.dropped)
                await new Promise((resolve) => (wake = resolve));
            if (shared.dropped)
                return;
            const chunk = await source.next(shared.wanted);
            if (shared.dropped)
                return;
            if (chunk === undefined)
                break;
            if (!isChunk(chunk))
                throw new TypeError(`${shared.type}: expected pieces that are a Uint8Array`);
            if (chunk.length > 0 && !(await writeShared(cx, shared, chunk)))
                return;
        }
        shared.onDrop = undefined;
        later(cx, () => shared.drop());
    }
    catch (e) {
        fail(cx, e);
    }
}
export function writeShared(cx, shared, values) {
    return promised(cx, (resolve) => {
        const buffer = new Supply(values);
        const write = () => shared.write({
            inst: undefined,
            buffer,
            copied: (takeBack) => {
                if (buffer.progress < buffer.length)
                    return;
                takeBack();
                resolve(true);
            },
            done: (result) => {
                if (result === DROPPED)
                    resolve(false);
                else if (buffer.progress < buffer.length)
                    microtask(() => later(cx, write));
                else
                    resolve(true);
            },
        });
        later(cx, write);
    });
}

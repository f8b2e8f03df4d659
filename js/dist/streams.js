import { BULK, ByteReader } from './byte-reader.js';
import { HostRead } from './copies.js';
import { Shared } from './ends.js';
import { addEnd, takeEnd } from './guest-ends.js';
import { later, promised } from './scheduler.js';
import { Pump, sourceOf } from './sources.js';
export { cancelRead as streamCancelRead, cancelWrite as streamCancelWrite, dropReadable as streamDropReadable, dropWritable as streamDropWritable, makeEnds as streamNew, readEnd as streamRead, transferEnd as transferStream, writeEnd as streamWrite, } from './guest-ends.js';
export class StreamReader {
    shared;
    given = false;
    waiting = 0;
    last = undefined;
    cx;
    touched = false;
    constructor(cx, shared) {
        this.cx = cx;
        this.shared = shared;
    }
    read(max = BULK) {
        if (this.given)
            return Promise.reject(new TypeError(`${this.shared.label} was given away`));
        this.touched = true;
        this.waiting++;
        const next = this.last === undefined ? this.one(max) : this.last.then(() => this.one(max));
        if (this.waiting > 0)
            this.last = next;
        return next;
    }
    one(max) {
        const { cx, shared } = this;
        return promised(cx, (resolve) => {
            const read = new HostRead(shared, max, (values) => {
                if (--this.waiting === 0)
                    this.last = undefined;
                resolve(values);
            });
            later(cx, () => read.start());
        });
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
        if (!this.given)
            this.shared.drop();
    }
    abandon() {
        if (!this.touched)
            this.close();
    }
    static release(reader) {
        if (reader.given || reader.waiting > 0)
            return undefined;
        reader.given = true;
        return reader.shared;
    }
}
export function liftStream(inst, type, index) {
    const cx = inst.root;
    const shared = takeEnd(inst, type, index);
    if (type !== 'stream<u8>') {
        const reader = new StreamReader(cx, shared);
        cx.giving?.push(reader);
        return reader;
    }
    const reader = new ByteReader(cx, shared);
    cx.giving?.push(reader);
    return reader.stream;
}
export function lowerStream(inst, type, v, field) {
    return addEnd(inst, sharedOf(inst, type, v, field), true);
}
function sharedOf(inst, type, v, field) {
    const cx = inst.root;
    if (v instanceof StreamReader) {
        return StreamReader.release(v) ?? cx.reject(`a ${type} that nobody reads and that was not given away`, v, field);
    }
    const given = v instanceof ReadableStream ? ByteReader.release(v, type) : undefined;
    if (given !== undefined)
        return given;
    const source = sourceOf(v, type === 'stream<u8>');
    if (source === undefined) {
        return cx.reject(v instanceof ReadableStream ? `a ${type} that nobody reads` : type, v, field);
    }
    const shared = new Shared(type, field === undefined ? cx.at : `${cx.at}: ${field}`);
    new Pump(cx, shared, source);
    return shared;
}

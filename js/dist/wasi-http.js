import { isTagged, payload, reading } from './wasi-streams.js';
const DISPOSE = Symbol.dispose ?? Symbol.for('dispose');
export class BodyReader {
    ended;
    end;
    reader;
    constructor(stream) {
        this.reader = stream.getReader();
        this.ended = new Promise((resolve) => (this.end = resolve));
    }
    async read() {
        try {
            const { done, value } = await this.reader.read();
            if (!done)
                return { done, value };
            this.end(true);
            return { done, value: undefined };
        }
        catch (e) {
            this.end(false);
            throw e;
        }
    }
    async cancel() {
        this.end(false);
        await this.reader.cancel();
    }
    close() {
        void this.cancel().catch(() => undefined);
    }
    [DISPOSE]() {
        this.close();
    }
    async *[Symbol.asyncIterator]() {
        try {
            for (let next = await this.read(); next.done !== true; next = await this.read())
                yield next.value;
        }
        finally {
            this.close();
        }
    }
}
const bodies = new WeakMap();
export function httpTypes(types) {
    return { ...types, Request: adapted(types.Request, false), Response: adapted(types.Response, true) };
}
function adapted(Message, isResponse) {
    return class extends Message {
        static new(headers, contents, trailers, ...rest) {
            const body = contents instanceof ReadableStream ? new BodyReader(contents) : undefined;
            const [message, sent] = super.new(headers, body ?? contents, trailers, ...rest);
            if (body !== undefined)
                bodies.set(message, body);
            return [message, isResponse ? sending(body) : sent];
        }
        static consumeBody(message, read) {
            const [contents, trailers] = super.consumeBody(message, read);
            return reading(contents, trailers, codeOf, bodies.get(message));
        }
    };
}
async function sending(body) {
    const all = body === undefined || (await body.ended);
    return all ? { tag: 'ok' } : { tag: 'err', val: { tag: 'connection-terminated' } };
}
function codeOf(e) {
    if (isTagged(e))
        return e;
    const code = payload(e);
    return isTagged(code) ? code : { tag: 'internal-error', val: String(e) };
}

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
            return reading(piecesOf(contents), trailers, bodies.get(message));
        }
    };
}
async function sending(body) {
    const all = body === undefined || (await body.ended);
    return all ? { tag: 'ok' } : { tag: 'err', val: { tag: 'connection-terminated' } };
}
function reading(pieces, trailers, origin) {
    let end;
    const ended = new Promise((resolve) => (end = resolve));
    const outcome = outcomeOf(trailers);
    const stream = new ReadableStream({
        async pull(controller) {
            try {
                const piece = await pieces.next();
                if (piece !== undefined)
                    return controller.enqueue(piece);
                end();
            }
            catch (e) {
                end({ tag: 'err', val: codeOf(e) });
            }
            controller.close();
        },
        cancel() {
            end({ tag: 'ok' });
            pieces.stop();
            origin?.close();
        },
    }, { highWaterMark: 0 });
    return [stream, ended.then((early) => early ?? outcome)];
}
async function outcomeOf(trailers) {
    try {
        const value = await trailers;
        return isTagged(value) ? value : { tag: 'ok' };
    }
    catch (e) {
        return { tag: 'err', val: codeOf(e) };
    }
}
const isTagged = (v) => typeof v === 'object' && v !== null && 'tag' in v && typeof v.tag === 'string';
function codeOf(e) {
    if (isTagged(e))
        return e;
    const payload = e instanceof Error && 'payload' in e ? e.payload : undefined;
    return isTagged(payload) ? payload : { tag: 'internal-error', val: String(e) };
}
function piecesOf(contents) {
    if (contents === undefined || contents === null)
        return { next: async () => undefined, stop: () => undefined };
    const reader = (contents instanceof ReadableStream ? contents.getReader() : contents);
    return {
        async next() {
            const next = await reader.read();
            const result = typeof next === 'object' && next !== null && 'done' in next ? next : undefined;
            if (result === undefined)
                return next === null ? undefined : bytesOf(next);
            return result.done === true ? undefined : bytesOf(result.value);
        },
        stop: () => void Promise.resolve(reader.cancel()).catch(() => undefined),
    };
}
function bytesOf(piece) {
    if (piece instanceof Uint8Array)
        return piece;
    if (typeof piece === 'number')
        return Uint8Array.of(piece);
    throw new TypeError('expected a body in pieces that are a Uint8Array');
}

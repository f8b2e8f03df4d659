import { ComponentError } from './errors.js';
import { httpTypes } from './wasi-http.js';
const METHODS = ['get', 'head', 'post', 'put', 'delete', 'connect', 'options', 'trace', 'patch'];
const FORBIDDEN = new Set([
    'connection',
    'host',
    'http2-settings',
    'keep-alive',
    'proxy-authenticate',
    'proxy-authorization',
    'proxy-connection',
    'transfer-encoding',
    'upgrade',
]);
const FINE = { tag: 'ok', val: undefined };
const NO_TRAILERS = Promise.resolve([]);
const bytesOf = (value) => Uint8Array.from(value, (c) => c.charCodeAt(0));
const textOf = (value) => Array.from(value, (byte) => String.fromCharCode(byte)).join('');
const entriesOf = (fields) => fields.copyAll().map(([name, value]) => [name, textOf(value)]);
async function ask(types, handler, question) {
    const trailers = (question.trailers ?? NO_TRAILERS).then((entries) => (entries.length === 0 ? FINE : { tag: 'ok', val: fieldsOf(types, entries) }));
    const [made] = types.Request.new(fieldsOf(types, question.headers), question.body, trailers, undefined);
    const request = made;
    const method = question.method.toLowerCase();
    request.setMethod(METHODS.includes(method) ? { tag: method } : { tag: 'other', val: question.method });
    request.setPathWithQuery(question.path);
    request.setScheme({ tag: question.secure ? 'HTTPS' : 'HTTP' });
    request.setAuthority(question.authority);
    const response = (await handler.handle(request, { signal: question.signal }));
    const status = response.getStatusCode();
    const headers = entriesOf(response.getHeaders());
    const [body, after] = types.Response.consumeBody(response, Promise.resolve(FINE));
    return { status, headers, body: body, trailers: after };
}
function fieldsOf(types, entries) {
    const allowed = Array.from(entries).filter(([name]) => !FORBIDDEN.has(name.toLowerCase()));
    return types.Fields.fromList(allowed.map(([name, value]) => [name, bytesOf(value)]));
}
const BODILESS = new Set([204, 205, 304]);
export function fetcher(shim, handler) {
    const types = httpTypes(shim);
    return async (request) => {
        const url = new URL(request.url);
        try {
            const { status, headers, body } = await ask(types, handler, {
                method: request.method,
                path: url.pathname + url.search,
                secure: url.protocol === 'https:',
                authority: url.host,
                headers: request.headers,
                body: request.body ?? undefined,
                signal: request.signal,
            });
            if (!BODILESS.has(status))
                return new Response(body, { status, headers });
            await body.cancel();
            return new Response(null, { status, headers });
        }
        catch (e) {
            if (e instanceof ComponentError)
                return new Response(null, { status: 500 });
            throw e;
        }
    };
}
export function listener(shim, handler) {
    const types = httpTypes(shim);
    return async (request, response) => {
        const gone = new AbortController();
        response.once('close', () => gone.abort(new Error('the client has gone')));
        try {
            await send(await ask(types, handler, questionOf(request, gone.signal)), response, gone.signal);
        }
        catch (e) {
            if (gone.signal.aborted)
                return;
            if (response.headersSent)
                response.destroy();
            else
                response.statusCode = 500;
            response.end();
            if (!(e instanceof ComponentError))
                throw e;
        }
    };
}
function questionOf(request, signal) {
    const { method = 'GET', url = '/' } = request;
    const headers = pairsOf(request.rawHeaders);
    return {
        method,
        path: url,
        secure: 'encrypted' in request.socket,
        authority: request.headers.host,
        headers,
        ...(headers.some(announces) ? bodyOf(request) : { body: undefined }),
        signal,
    };
}
function announces([name, value]) {
    const field = name.toLowerCase();
    return field === 'transfer-encoding' || (field === 'content-length' && value !== '0');
}
function pairsOf(raw) {
    const pairs = [];
    for (let i = 0; i + 1 < raw.length; i += 2)
        pairs.push([raw[i], raw[i + 1]]);
    return pairs;
}
function bodyOf(request) {
    let end;
    const trailers = new Promise((resolve) => (end = resolve));
    const pieces = request.iterator({ destroyOnReturn: false });
    const body = new ReadableStream({
        async pull(controller) {
            const { done, value } = await pieces.next();
            if (done !== true)
                return controller.enqueue(value);
            controller.close();
            end(pairsOf(request.rawTrailers));
        },
        async cancel() {
            end([]);
            await pieces.return?.();
            request.resume();
        },
    }, { highWaterMark: 0 });
    return { body, trailers };
}
async function send(answer, response, gone) {
    response.statusCode = answer.status;
    for (const [name, value] of answer.headers)
        response.appendHeader(name, value);
    if (!answer.headers.some(([name]) => name.toLowerCase() === 'content-length'))
        response.flushHeaders();
    const reader = answer.body.getReader();
    const stop = () => void reader.cancel().catch(() => undefined);
    gone.addEventListener('abort', stop);
    if (gone.aborted)
        stop();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
        if (!response.write(next.value) && !gone.aborted)
            await writable(response);
    }
    const trailers = await answer.trailers;
    if (trailers.tag === 'err') {
        response.destroy();
        return;
    }
    if (trailers.val)
        response.addTrailers(entriesOf(trailers.val));
    response.end();
}
function writable(response) {
    return new Promise((resolve) => {
        const done = () => {
            response.off('drain', done);
            response.off('close', done);
            resolve();
        };
        response.once('drain', done);
        response.once('close', done);
    });
}

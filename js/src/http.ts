import { ComponentError } from './errors.js';
import { type HttpTypes, httpTypes } from './wasi-http.js';
import type { Outcome } from './wasi-streams.js';

/** What a component exports as `wasi:http/handler`. */
export interface Handler {
  handle(request: never, options?: { signal?: AbortSignal | undefined }): Promise<unknown>;
}

/** Answers a request, as the platform's `fetch` would. */
export type Fetch = (request: Request) => Promise<Response>;

/** Answers a request of `node:http`. */
export type Listener = (request: NodeRequest, response: NodeResponse) => Promise<void>;

/** As much of a request of `node:http` as is used. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly rawHeaders: string[];
  readonly rawTrailers: string[];
  readonly headers: { readonly host?: string | undefined };
  readonly socket: object;
  iterator(options: { destroyOnReturn: boolean }): AsyncIterator<Uint8Array>;
  resume(): unknown;
}

/** As much of a response of `node:http` as is used. */
export interface NodeResponse {
  readonly destroyed: boolean;
  readonly headersSent: boolean;
  statusCode: number;
  appendHeader(name: string, value: string): unknown;
  addTrailers(trailers: [string, string][]): void;
  flushHeaders(): void;
  write(chunk: Uint8Array): boolean;
  end(): unknown;
  destroy(): unknown;
  once(event: 'drain' | 'close', then: () => void): unknown;
  off(event: 'drain' | 'close', then: () => void): unknown;
}

/** The published shims' `wasi:http/types`. */
export interface Types extends HttpTypes {
  readonly Fields: { fromList(entries: [string, Uint8Array][]): Fields };
}

interface Fields {
  copyAll(): [string, Uint8Array][];
}

interface WasiRequest {
  setMethod(method: { tag: string; val?: string }): void;
  setPathWithQuery(path: string): void;
  setScheme(scheme: { tag: string }): void;
  setAuthority(authority: string | undefined): void;
}

interface WasiResponse {
  getStatusCode(): number;
  getHeaders(): Fields;
}

/** A request, wherever it comes from. */
interface Question {
  method: string;
  path: string;
  secure: boolean;
  authority: string | undefined;
  headers: Iterable<readonly [string, string]>;
  body: ReadableStream<Uint8Array> | undefined;
  /** What comes after the body, when that has ended. */
  trailers?: Promise<[string, string][]>;
  signal: AbortSignal;
}

/** A response, wherever it goes. */
interface Answer {
  status: number;
  headers: [string, string][];
  body: ReadableStream<Uint8Array>;
  trailers: Promise<Outcome>;
}

const METHODS = ['get', 'head', 'post', 'put', 'delete', 'connect', 'options', 'trace', 'patch'];

/** Fields of the connection, which WASI forbids. */
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

const FINE: Outcome<undefined> = { tag: 'ok', val: undefined };

const NO_TRAILERS: Promise<[string, string][]> = Promise.resolve([]);

/** Values of fields are bytes, which JavaScript's strings have one in a character. */
const bytesOf = (value: string) => Uint8Array.from(value, (c) => c.charCodeAt(0));
const textOf = (value: Uint8Array) => Array.from(value, (byte) => String.fromCharCode(byte)).join('');
const entriesOf = (fields: Fields) =>
  fields.copyAll().map(([name, value]): [string, string] => [name, textOf(value)]);

/** Asks a component. */
async function ask(types: Types, handler: Handler, question: Question): Promise<Answer> {
  const trailers = (question.trailers ?? NO_TRAILERS).then(
    (entries): Outcome => (entries.length === 0 ? FINE : { tag: 'ok', val: fieldsOf(types, entries) }),
  );
  const [made] = types.Request.new(fieldsOf(types, question.headers), question.body, trailers, undefined);
  const request = made as WasiRequest;
  const method = question.method.toLowerCase();
  request.setMethod(METHODS.includes(method) ? { tag: method } : { tag: 'other', val: question.method });
  request.setPathWithQuery(question.path);
  request.setScheme({ tag: question.secure ? 'HTTPS' : 'HTTP' });
  request.setAuthority(question.authority);
  const response = (await handler.handle(request as never, { signal: question.signal })) as WasiResponse;
  const status = response.getStatusCode();
  const headers = entriesOf(response.getHeaders());
  const [body, after] = types.Response.consumeBody(response, Promise.resolve(FINE));
  return { status, headers, body: body as ReadableStream<Uint8Array>, trailers: after as Promise<Outcome> };
}

function fieldsOf(types: Types, entries: Iterable<readonly [string, string]>): Fields {
  const allowed = Array.from(entries).filter(([name]) => !FORBIDDEN.has(name.toLowerCase()));
  return types.Fields.fromList(allowed.map(([name, value]) => [name, bytesOf(value)]));
}

/** Responses of these kinds have no body. */
const BODILESS = new Set([204, 205, 304]);

/**
 * A function that answers as `fetch` does. What the component answers with an error has status 500; if it breaks, the
 * promise is rejected.
 */
export function fetcher(shim: Types, handler: Handler): Fetch {
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
      if (!BODILESS.has(status)) return new Response(body, { status, headers });
      await body.cancel();
      return new Response(null, { status, headers });
    } catch (e) {
      if (e instanceof ComponentError) return new Response(null, { status: 500 });
      throw e;
    }
  };
}

/**
 * A listener for `createServer` of `node:http`. What the component answers with an error has status 500; if it breaks, so
 * does the promise, and the request.
 */
export function listener(shim: Types, handler: Handler): Listener {
  const types = httpTypes(shim);
  return async (request, response) => {
    const gone = new AbortController();
    response.once('close', () => gone.abort(new Error('the client has gone')));
    try {
      await send(await ask(types, handler, questionOf(request, gone.signal)), response, gone.signal);
    } catch (e) {
      if (gone.signal.aborted) return;
      if (response.headersSent) response.destroy();
      else response.statusCode = 500;
      response.end();
      if (!(e instanceof ComponentError)) throw e;
    }
  };
}

function questionOf(request: NodeRequest, signal: AbortSignal): Question {
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

/** Whether a field says that there is a body. */
function announces([name, value]: [string, string]): boolean {
  const field = name.toLowerCase();
  return field === 'transfer-encoding' || (field === 'content-length' && value !== '0');
}

/** Names and values as `node:http` has them, in turns. */
function pairsOf(raw: string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) pairs.push([raw[i]!, raw[i + 1]!]);
  return pairs;
}

/** The body of a request. Who wants no more of it may still answer: what comes is thrown away. */
function bodyOf(request: NodeRequest): { body: ReadableStream<Uint8Array>; trailers: Promise<[string, string][]> } {
  let end!: (trailers: [string, string][]) => void;
  const trailers = new Promise<[string, string][]>((resolve) => (end = resolve));
  const pieces = request.iterator({ destroyOnReturn: false });
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done !== true) return controller.enqueue(value);
        controller.close();
        end(pairsOf(request.rawTrailers));
      },
      async cancel() {
        end([]);
        await pieces.return?.();
        request.resume();
      },
    },
    { highWaterMark: 0 },
  );
  return { body, trailers };
}

async function send(answer: Answer, response: NodeResponse, gone: AbortSignal): Promise<void> {
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) response.appendHeader(name, value);
  // Who announces no length may take its time.
  if (!answer.headers.some(([name]) => name.toLowerCase() === 'content-length')) response.flushHeaders();
  const reader = answer.body.getReader();
  const stop = () => void reader.cancel().catch(() => undefined);
  gone.addEventListener('abort', stop);
  if (gone.aborted) stop();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    if (!response.write(next.value) && !gone.aborted) await writable(response);
  }
  const trailers = await answer.trailers;
  if (trailers.tag === 'err') {
    response.destroy();
    return;
  }
  if (trailers.val) response.addTrailers(entriesOf(trailers.val as Fields));
  response.end();
}

/** Waits until a response takes more, or nobody reads it any more. */
function writable(response: NodeResponse): Promise<void> {
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

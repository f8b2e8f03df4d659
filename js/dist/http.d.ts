import { type HttpTypes } from './wasi-http.js';
/** What a component exports as `wasi:http/handler`. */
export interface Handler {
    handle(request: never, options?: {
        signal?: AbortSignal | undefined;
    }): Promise<unknown>;
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
    readonly headers: {
        readonly host?: string | undefined;
    };
    readonly socket: object;
    iterator(options: {
        destroyOnReturn: boolean;
    }): AsyncIterator<Uint8Array>;
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
    readonly Fields: {
        fromList(entries: [string, Uint8Array][]): Fields;
    };
}
interface Fields {
    copyAll(): [string, Uint8Array][];
}
/**
 * A function that answers as `fetch` does. What the component answers with an error has status 500; if it breaks, the
 * promise is rejected.
 */
export declare function fetcher(shim: Types, handler: Handler): Fetch;
/**
 * A listener for `createServer` of `node:http`. What the component answers with an error has status 500; if it breaks, so
 * does the promise, and the request.
 */
export declare function listener(shim: Types, handler: Handler): Listener;
export {};

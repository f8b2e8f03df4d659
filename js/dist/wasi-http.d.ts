import { type Settled } from './wasi-streams.js';
/** A class of `wasi:http/types` whose objects have a body, as the published shims have it. */
interface MessageClass {
    new (...made: never[]): object;
    'new'(headers: unknown, contents: unknown, trailers: Settled, ...rest: unknown[]): [message: object, sent: Settled];
    consumeBody(message: object, read: Settled): [contents: unknown, trailers: Settled];
}
/** As much of `wasi:http/types` as is adapted. */
export interface HttpTypes {
    readonly Request: MessageClass;
    readonly Response: MessageClass;
}
declare const DISPOSE: typeof Symbol.dispose;
/**
 * A component's body as the published shims read it: piece by piece, from something that is not a `ReadableStream`, whose
 * end the one for Node takes for a mistake if the length of the body was announced.
 */
export declare class BodyReader implements AsyncIterable<Uint8Array> {
    /** Whether all of it was read, when nobody reads any more. */
    readonly ended: Promise<boolean>;
    private end;
    private readonly reader;
    constructor(stream: ReadableStream<Uint8Array>);
    /** The next piece, whatever its length: the shims count. */
    read(): Promise<IteratorResult<Uint8Array, undefined>>;
    /** Nobody wants more. */
    cancel(): Promise<void>;
    close(): void;
    [DISPOSE](): void;
    [Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined>;
}
/** The published shims' `wasi:http/types`, with streams and futures as components in JavaScript have them. */
export declare function httpTypes<T extends HttpTypes>(types: T): T;
export {};

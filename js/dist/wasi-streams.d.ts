/** A `result`, as futures have it. */
export type Outcome<T = unknown> = {
    tag: 'ok';
    val?: T;
} | {
    tag: 'err';
    val: unknown;
};
/** A future of the shims': some are not results, but rejected or not. */
export type Settled = PromiseLike<unknown>;
/**
 * What a stream of the shims' gives, and its future. A stream of WASI's does not break: it ends, and the future says why.
 * Nor does the future of the shims' tell of a reader who goes away: `origin` is told.
 */
export declare function reading(contents: unknown, settled: Settled, errorOf: (e: unknown) => unknown, origin?: {
    close(): void;
}): [ReadableStream<Uint8Array>, Promise<Outcome>];
/** How something ended. */
export declare function outcomeOf(settled: Settled, errorOf: (e: unknown) => unknown): Promise<Outcome>;
/** Whether a value is a case of a variant. */
export declare const isTagged: (v: unknown) => v is {
    tag: string;
};
/** What an exception of the shims' says of a function's `result`. */
export declare const payload: (e: unknown) => unknown;
/** Where the elements of a stream come from, in pieces. */
export interface Pieces {
    /** The next piece; nothing at the end. */
    next(): Promise<unknown>;
    stop(): void;
}
/** What a stream of the shims' gives. It is nothing if it is empty. */
export declare function piecesOf(contents: unknown): Pieces;

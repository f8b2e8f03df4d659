import { type Chunk, type Party } from './copies.js';
import type { Shared } from './ends.js';
import type { Instance } from './instance.js';
import type { Untouched } from './types.js';
/** How many elements the host takes at once. */
export declare const BULK: number;
/**
 * What is behind a stream of bytes, as browsers have it, that a component writes. It reads when somebody wants bytes: into
 * the memory that he brings, if he does; else a large piece becomes a chunk, and small ones become one together, until the
 * component has had its turn.
 */
export declare class ByteReader implements Party, Untouched, UnderlyingByteSource {
    readonly type = "bytes";
    readonly inst: undefined;
    readonly elements: undefined;
    readonly stream: ReadableStream<Uint8Array>;
    length: number;
    progress: number;
    private readonly cx;
    private readonly shared;
    private touched;
    /** Whom to give bytes to, while they are read. */
    private controller;
    /** The memory that the reader has brought. */
    private view;
    /** Where small pieces are put together. */
    private small;
    /** A large piece. */
    private large;
    private due;
    constructor(cx: Instance, shared: Shared);
    /** Gives a stream away that nobody has read from. */
    static release(stream: ReadableStream, type: string): Shared | undefined;
    abandon(): void;
    /** Somebody wants bytes. */
    pull(controller: ReadableByteStreamController): void;
    /** Nobody wants them any more. */
    cancel(): void;
    private readonly begin;
    read(): Chunk;
    take(from: Party, n: number): void;
    copied(): void;
    done(): void;
    private readonly deliver;
    private readonly broken;
    /** Nothing is read now. */
    private end;
}

import { type Chunk, type Elements, Shared } from './ends.js';
import { makeEnds } from './guest-ends.js';
import type { Instance } from './instance.js';
/** `stream.new`. */
export declare const streamNew: typeof makeEnds;
/** `stream.read`. */
export declare function streamRead(inst: Instance, type: string, elements: Elements | undefined, async: boolean, index: number, ptr: number, n: number): number;
/** `stream.write`. */
export declare function streamWrite(inst: Instance, type: string, elements: Elements | undefined, async: boolean, index: number, ptr: number, n: number): number;
/** `stream.cancel-read`. */
export declare function streamCancelRead(inst: Instance, type: string, async: boolean, index: number): number;
/** `stream.cancel-write`. */
export declare function streamCancelWrite(inst: Instance, type: string, async: boolean, index: number): number;
/** `stream.drop-readable`. */
export declare function streamDropReadable(inst: Instance, type: string, index: number): void;
/** `stream.drop-writable`. */
export declare function streamDropWritable(inst: Instance, type: string, index: number): void;
/** What the host reads a component's stream with. */
export declare class StreamReader<T> implements AsyncIterable<T> {
    /** The stream, until it is given away. */
    private shared;
    private readonly cx;
    constructor(cx: Instance, shared: Shared);
    /**
     * Waits for elements: as many as the component has at once, at most `max`. Numbers come in a typed array. There are
     * none when the stream has ended.
     */
    read(max?: number): Promise<readonly T[] | undefined>;
    /** All elements, in the pieces in which they come. */
    chunks(max?: number): AsyncGenerator<readonly T[], void, undefined>;
    /** All elements, one by one. */
    [Symbol.asyncIterator](): AsyncGenerator<T, void, undefined>;
    /** Wants no more. */
    close(): void;
    /** Gives the stream away. */
    static release(reader: StreamReader<unknown>): Shared;
}
/** One read by the host. */
export declare function readShared(cx: Instance, shared: Shared, max: number): Promise<Chunk | undefined>;
/** A component gives a stream. */
export declare function liftStream(inst: Instance, type: string, index: number): unknown;
/** A component is given a stream. */
export declare function lowerStream(inst: Instance, type: string, v: unknown, field?: string): number;
/** One write by the host, until all of it has been read; false if nobody reads any more. */
export declare function writeShared(cx: Instance, shared: Shared, values: Chunk): Promise<boolean>;
/** An instance's ends of one type. */
export interface EndTable {
    readonly inst: Instance;
    readonly type: string;
}
/** A stream goes from one inner component to another. */
export declare function transferStream(tables: EndTable[], index: number, from: number, to: number): number;

import { Shared } from './ends.js';
import type { Instance } from './instance.js';
import type { Untouched } from './types.js';
export { cancelRead as streamCancelRead, cancelWrite as streamCancelWrite, dropReadable as streamDropReadable, dropWritable as streamDropWritable, makeEnds as streamNew, readEnd as streamRead, transferEnd as transferStream, writeEnd as streamWrite, } from './guest-ends.js';
/** What the host reads a component's stream with. */
export declare class StreamReader<T> implements AsyncIterable<T>, Untouched {
    private readonly shared;
    private given;
    /** How many reads wait, and the last of them. */
    private waiting;
    private last;
    private readonly cx;
    private touched;
    constructor(cx: Instance, shared: Shared);
    /**
     * Waits for elements: as many as the component has at once, at most `max`. Numbers come in a typed array. There are
     * none when the stream has ended. Reads are answered one after the other.
     */
    read(max?: number): Promise<readonly T[] | undefined>;
    private one;
    /** All elements, in the pieces in which they come. */
    chunks(max?: number): AsyncGenerator<readonly T[], void, undefined>;
    /** All elements, one by one. */
    [Symbol.asyncIterator](): AsyncGenerator<T, void, undefined>;
    /** Wants no more. */
    close(): void;
    abandon(): void;
    /** Gives the stream away. */
    static release(reader: StreamReader<unknown>): Shared | undefined;
}
/** A component gives a stream. */
export declare function liftStream(inst: Instance, type: string, index: number): unknown;
/** A component is given a stream. */
export declare function lowerStream(inst: Instance, type: string, v: unknown, field?: string): number;

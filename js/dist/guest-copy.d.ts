import { type Chunk, type Elements, type Party } from './copies.js';
import type { End } from './ends.js';
import type { Instance } from './instance.js';
/** A component's read or write: a piece of its memory. */
export declare class GuestCopy implements Party {
    progress: number;
    readonly inst: Instance;
    readonly elements: Elements | undefined;
    readonly length: number;
    private readonly end;
    private readonly ptr;
    constructor(inst: Instance, end: End, elements: Elements | undefined, ptr: number, length: number);
    /** Where the next element lies. */
    private get at();
    /** The bytes of the next elements, if they are only bytes: in memory, and good until somebody else runs. */
    bytes(n: number): Uint8Array;
    read(n: number): Chunk;
    take(from: Party, n: number): void;
    copied(): void;
    done(result: number): void;
    /** It is over: what the component is told. */
    result(result: number): number;
    private event;
    private in;
}

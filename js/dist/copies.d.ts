import type { Shared } from './ends.js';
import type { Instance } from './instance.js';
import type { Memory } from './memory.js';
/** Values in a row: a typed array where they are numbers. */
export type Chunk = ArrayLike<unknown>;
/** How the elements of a stream lie in a memory. */
export interface Elements {
    readonly m: Memory;
    readonly size: number;
    readonly align: number;
    /** Whether they are numbers: their bytes can be copied. */
    readonly pure: boolean;
    load(p: number, n: number): Chunk;
    store(p: number, values: Chunk): void;
}
export declare const COMPLETED = 0;
export declare const DROPPED = 1;
export declare const CANCELLED = 2;
/** Somebody who reads or writes: what is copied to or from, and who is told. */
export interface Party {
    /** The instance of a component; the host has none. */
    readonly inst: Instance | undefined;
    /** How elements lie in its memory, where that is one and they are something. */
    readonly elements: Elements | undefined;
    /** How many elements have been copied. */
    readonly progress: number;
    /** How many there may be. */
    readonly length: number;
    /** Takes the next elements out. */
    read(n: number): Chunk;
    /** Puts elements in that another has. */
    take(from: Party, n: number): void;
    /** Something was copied while it waited. More may be, until it goes. */
    copied(): void;
    /** It waits no more. */
    done(result: number): void;
}
/** One read by the host. */
export declare class HostRead implements Party {
    readonly inst: undefined;
    readonly elements: undefined;
    readonly length: number;
    progress: number;
    private values;
    private readonly shared;
    private readonly settle;
    /** `settle` is told what came, or that nothing will. */
    constructor(shared: Shared, length: number, settle: (values: Chunk | undefined) => void);
    start(): void;
    read(): Chunk;
    take(from: Party, n: number): void;
    copied(): void;
    done(result: number): void;
}
/** What the host writes, one piece after another. */
export declare class HostWrite implements Party {
    readonly inst: undefined;
    readonly elements: undefined;
    progress: number;
    private values;
    private readonly shared;
    private readonly settle;
    /** `settle` is told when a piece that had to wait has been read, or will not be. */
    constructor(shared: Shared, values: Chunk, settle: () => void);
    get length(): number;
    /** Whether all has been read. */
    get all(): boolean;
    /** Another piece. */
    next(values: Chunk): void;
    /** Writes until it has to wait. */
    start(): void;
    read(n: number): Chunk;
    take(): void;
    copied(): void;
    done(): void;
}

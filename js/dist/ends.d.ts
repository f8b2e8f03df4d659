import type { Instance } from './instance.js';
import type { Memory } from './memory.js';
import { Waitable } from './waitables.js';
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
/** What is copied to or from. */
export interface Buffer {
    /** How many elements have been copied. */
    progress: number;
    readonly length: number;
    read(n: number): Chunk;
    write(values: Chunk): void;
}
/** A piece of a component's memory. */
export declare class GuestBuffer implements Buffer {
    progress: number;
    readonly length: number;
    readonly elements: Elements | undefined;
    private readonly inst;
    private readonly ptr;
    constructor(inst: Instance, elements: Elements | undefined, ptr: number, length: number, type: string);
    /** The bytes of elements that are only bytes. */
    bytes(n: number): Uint8Array;
    read(n: number): Chunk;
    write(values: Chunk): void;
    private in;
}
/** Where the host gets elements. */
export declare class Sink implements Buffer {
    progress: number;
    readonly length: number;
    private readonly chunks;
    constructor(length: number);
    read(): Chunk;
    write(values: Chunk): void;
    /** All that came. */
    take(): Chunk;
}
/** What the host gives. */
export declare class Supply implements Buffer {
    progress: number;
    readonly length: number;
    private readonly values;
    constructor(values: Chunk);
    read(n: number): Chunk;
    write(): void;
}
/** Somebody who waits for the other end. */
interface Pending {
    readonly inst: Instance | undefined;
    readonly buffer: Buffer;
    /** Something was copied. More may be, until it takes back its buffer. */
    readonly copied: (takeBack: () => void) => void;
    readonly done: (result: number) => void;
}
/** What both ends of a stream or a future share. */
export declare class Shared {
    dropped: boolean;
    /** Called when an end is dropped. */
    onDrop: (() => void) | undefined;
    /** Called when somebody wants to read, and nobody writes yet. */
    onWant: (() => void) | undefined;
    /** The ends that components have. */
    reader: End | undefined;
    writer: End | undefined;
    /** `stream<u8>`. */
    readonly type: string;
    private pending;
    constructor(type: string);
    /** Reads into a buffer. */
    read(mine: Pending): void;
    /** Writes out of a buffer. */
    write(mine: Pending): void;
    /** How much somebody wants to read now. */
    get wanted(): number;
    /** Whether somebody waits for the other end. */
    get waiting(): boolean;
    /** Takes back what is pending. */
    cancel(): void;
    /** One end is gone. */
    drop(): void;
    private told;
    private end;
    /** Within one instance, only numbers may be copied. */
    private checkLocal;
}
export type CopyState = 'idle' | 'copying' | 'cancelling' | 'done';
/** A component's end. */
export declare class End extends Waitable {
    state: CopyState;
    readonly shared: Shared;
    readonly readable: boolean;
    constructor(shared: Shared, readable: boolean);
    get future(): boolean;
    /** The code of its events. */
    get code(): number;
    /** The other end is gone: it is told so even if it does nothing now. */
    alone(): void;
    /** It leaves the component. */
    leave(): void;
    get copying(): boolean;
}
export {};

import type { Instance } from './instance.js';
/** A function of a component that allocates memory. */
export type Realloc = (ptr: number, oldSize: number, align: number, newSize: number) => number;
/** A linear memory, and the instance that it belongs to. Its views are made again when it has grown. */
export declare class Memory {
    /** How long what was lowered last is, in the units of its encoding. */
    len: number;
    private bytes;
    private view;
    readonly cx: Instance;
    readonly inst: Instance;
    /** The memory, as soon as there is one. */
    memory: WebAssembly.Memory | undefined;
    /** What allocates in it, as soon as that is there. */
    grow: Realloc | undefined;
    constructor(cx: Instance, inst: Instance);
    /** All of the memory as it is now: not to be kept across calls into the component. */
    get u8(): Uint8Array<ArrayBuffer>;
    /** The same, for numbers of all sizes. */
    get dv(): DataView<ArrayBuffer>;
    /** Lets the component allocate `size` bytes. */
    alloc(align: number, size: number): number;
    /** Lets the component move what it has allocated. */
    realloc(old: number, oldSize: number, align: number, size: number): number;
    /** Where `size` bytes of a value lie, if they do. */
    at(ptr: number, align: number, size: number, type?: string): number;
    private refresh;
}

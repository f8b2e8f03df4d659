import type { Elements } from './copies.js';
import type { Memory } from './memory.js';
/** The arrays that a list of numbers is. */
export type Numbers = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | BigInt64Array | BigUint64Array | Float32Array | Float64Array;
/** One of their classes. */
export interface NumbersClass<A> {
    new (buffer: ArrayBuffer, offset: number, length: number): A;
    readonly BYTES_PER_ELEMENT: number;
    readonly name: string;
}
/** Copies a list of numbers into memory. Its length is the value's. */
export declare function lowerNumbers<A extends Numbers>(m: Memory, Class: NumbersClass<A>, type: string, v: A | readonly (number | bigint)[], field?: string): number;
/** Stores numbers: those of an ordinary array one by one, with a look at each. */
export declare function storeNumbers<A extends Numbers>(m: Memory, Class: NumbersClass<A>, type: string, v: A | readonly (number | bigint)[], ptr: number, field?: string): void;
/** A copy of the list of numbers at a place in memory. */
export declare function liftNumbers<A extends Numbers>(m: Memory, Class: NumbersClass<A>, type: string, ptr: number, len: number): A;
/** Whether a component may have a list of so many elements, and where. */
export declare function listAt(m: Memory, ptr: number, len: number, align: number, size: number, type: string): number;
/** Stores numbers, which are as many as there is room for. */
export declare function storeFixed<A extends Numbers>(m: Memory, Class: NumbersClass<A>, type: string, v: A | readonly (number | bigint)[], ptr: number, n: number): void;
/** Stores where something is and how long it is. */
export declare function storePair(m: Memory, p: number, ptr: number, len: number): void;
/** Makes room for a list's elements, and stores where that is and how many there are. */
export declare function allocList(m: Memory, p: number, list: readonly unknown[], align: number, size: number, type: string, field?: string): number;
/** How numbers lie in a memory, one after the other. */
export declare function numbersIn<A extends Numbers>(m: Memory, Class: NumbersClass<A>, type: string): Elements;

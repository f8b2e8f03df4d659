import type { Memory } from './memory.js';
/** Copies a string into memory; its length in bytes is `m.len`. */
export declare function lowerUtf8(m: Memory, s: string, field?: string): number;
/** The string at a place in memory. */
export declare function liftUtf8(m: Memory, ptr: number, len: number): string;

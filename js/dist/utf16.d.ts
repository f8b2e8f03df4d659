import type { Memory } from './memory.js';
/** Copies a string into memory as UTF-16; its length in units is `m.len`. */
export declare function lowerUtf16(m: Memory, s: string, field?: string): number;
/** The UTF-16 string at a place in memory. */
export declare function liftUtf16(m: Memory, ptr: number, len: number): string;
/** Copies a string into memory, as Latin-1 if that can hold it and as UTF-16 if not. */
export declare function lowerLatin1(m: Memory, s: string, field?: string): number;
/** The string at a place in memory, whose length says which encoding it has. */
export declare function liftLatin1(m: Memory, ptr: number, len: number): string;

import { type Instance } from './instance.js';
/** Where a value is checked: the function's name, or the instance that knows it. */
type Where = string | Instance;
export declare const s8: (v: number, at: Where, field?: string) => number;
export declare const u8: (v: number, at: Where, field?: string) => number;
export declare const s16: (v: number, at: Where, field?: string) => number;
export declare const u16: (v: number, at: Where, field?: string) => number;
export declare const s32: (v: number, at: Where, field?: string) => number;
export declare const u32: (v: number, at: Where, field?: string) => number;
export declare const s64: (v: bigint, at: Where, field?: string) => bigint;
export declare const u64: (v: bigint, at: Where, field?: string) => bigint;
export declare const f32: (v: number, at: Where, field?: string) => number;
export declare const f64: (v: number, at: Where, field?: string) => number;
export declare const bool: (v: boolean, at: Where, field?: string) => number;
/** A string of one character, which is no surrogate, as its number. */
export declare function char(v: string, at: Where, field?: string): number;
/** The character of a number that a component gave. */
export declare function toChar(code: number, cx: Instance): string;
/** The number of a name in an enum. */
export declare function enumIndex(names: readonly string[], v: string, type: string, at: Where, field?: string): number;
/** The name of a number in an enum. */
export declare function enumName(names: readonly string[], index: number, type: string, cx: Instance): string;
/** A variant has no such case. */
export declare function noCase(index: number, type: string, cx: Instance): never;
/** A value must be an object, to have fields. */
export declare function record<T extends object>(v: T, type: string, at: Where, field?: string): T;
/** A value must be an array, of a length if that is given. */
export declare function array<T extends readonly unknown[]>(v: T, type: string, at: Where, field?: string, n?: number): T;
/** A value's `tag` is none of its type's. */
export declare function badTag(v: unknown, type: string, at: Where, field?: string): never;
export {};

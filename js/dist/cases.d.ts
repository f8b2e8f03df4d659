import type { Instance } from './instance.js';
import type { Memory } from './memory.js';
/** Stores whether an option has a value, and says so. */
export declare function storeSome(m: Memory, p: number, v: unknown): boolean;
/** Stores what of both the outcome of an import is, and says whether it is the value. */
export declare function storeOk(m: Memory, p: number, v: {
    tag: string;
}): boolean;
/** The same for a result that somebody gives, if it is one. */
export declare function storeResult(m: Memory, p: number, v: {
    tag: string;
}, type: string, field?: string): boolean;
/** Whether a discriminant is the second of two. */
export declare function isSecond(d: number, type: string, cx: Instance): boolean;
/** The number of a variant's case. */
export declare function caseIndex(names: readonly string[], v: {
    tag: string;
}, type: string, cx: Instance, field?: string): number;
/** How payloads are stored, loaded, or lifted, by the number of their case. */
type Payloads<F> = Readonly<Record<number, F>>;
/** Stores a variant with cases that have no payload, and some that have. */
export declare function storeCase(m: Memory, v: {
    tag: string;
    val?: unknown;
}, p: number, offset: number, names: readonly string[], stores: Payloads<(m: Memory, v: unknown, p: number, field: string) => void>, type: string, field?: string): void;
/** Loads one. */
export declare function loadCase(m: Memory, p: number, offset: number, names: readonly string[], loads: Payloads<(m: Memory, p: number) => unknown>, type: string): unknown;
/** Lifts one that came as core values. */
export declare function liftCase<T extends readonly unknown[]>(names: readonly string[], lifts: Payloads<(m: Memory, ...core: T) => unknown>, type: string, m: Memory, d: number, ...core: T): unknown;
export {};

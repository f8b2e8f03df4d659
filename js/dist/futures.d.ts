import { type Elements } from './copies.js';
import type { Instance } from './instance.js';
import type { Memory } from './memory.js';
export { cancelRead as futureCancelRead, cancelWrite as futureCancelWrite, dropReadable as futureDropReadable, dropWritable as futureDropWritable, makeEnds as futureNew, readEnd as futureRead, transferEnd as transferFuture, writeEnd as futureWrite, } from './guest-ends.js';
/** How the value of a future lies in a memory; whether it is a number. */
export declare function single(m: Memory, size: number, align: number, load: (m: Memory, p: number) => unknown, store: (m: Memory, v: unknown, p: number) => void, pure?: boolean): Elements;
/** A component gives a future. */
export declare function liftFuture(inst: Instance, type: string, index: number): Promise<unknown>;
/**
 * What an asynchronous function gives whose result is a future, or may be: the call begins at once, the value is read
 * later. The future comes in an array, so that no promise takes it for its own.
 */
export declare function laterFuture(call: () => Promise<unknown>): Promise<unknown>;
/**
 * A component is given a future. A value that is no promise is one that is there already: what an asynchronous function
 * returns is never a promise.
 */
export declare function lowerFuture(inst: Instance, type: string, v: unknown): number;

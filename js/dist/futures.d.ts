import { type Elements } from './ends.js';
import { makeEnds } from './guest-ends.js';
import type { Instance } from './instance.js';
/** `future.new`. */
export declare const futureNew: typeof makeEnds;
/** `future.read`. */
export declare function futureRead(inst: Instance, type: string, elements: Elements | undefined, async: boolean, index: number, ptr: number): number;
/** `future.write`. */
export declare function futureWrite(inst: Instance, type: string, elements: Elements | undefined, async: boolean, index: number, ptr: number): number;
/** `future.cancel-read`. */
export declare function futureCancelRead(inst: Instance, type: string, async: boolean, index: number): number;
/** `future.cancel-write`. */
export declare function futureCancelWrite(inst: Instance, type: string, async: boolean, index: number): number;
/** `future.drop-readable`. */
export declare function futureDropReadable(inst: Instance, type: string, index: number): void;
/** `future.drop-writable`. */
export declare function futureDropWritable(inst: Instance, type: string, index: number): void;
/** A component gives a future. */
export declare function liftFuture(inst: Instance, type: string, index: number): Promise<unknown>;
/**
 * A component is given a future. A value that is no promise is one that is there already: what an asynchronous function
 * returns is never a promise.
 */
export declare function lowerFuture(inst: Instance, type: string, v: unknown): number;
/** A future goes from one inner component to another. */
export declare function transferFuture(tables: {
    readonly inst: Instance;
    readonly type: string;
}[], index: number, from: number, to: number): number;

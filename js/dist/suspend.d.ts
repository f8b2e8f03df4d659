import type { Instance } from './instance.js';
import type { Memory } from './memory.js';
import { type Callback } from './tasks.js';
import type { CallOptions } from './types.js';
type Core = (...params: never[]) => unknown;
/** Calls a host's asynchronous function, and waits for it. */
export declare function lowerBlocking(inst: Instance, label: string, fallible: boolean, call: (...params: never[]) => unknown, store: (result: unknown, ...core: never[]) => unknown): Core;
/** `waitable-set.wait`. */
export declare const waitableSetWait: (inst: Instance, m: Memory, cancellable: boolean, index: number, ptr: number) => number | Promise<number>;
/** Goes on with the prepared call of a caller without the async ABI, which waits for the result. */
export declare function syncStartCall(cx: Instance, callback: Callback | undefined, callee: (...params: unknown[]) => unknown): unknown;
/** Makes a function of the package one that may suspend. */
export declare function maySuspend<F extends Core>(f: F): F;
/** Calls an export whose stack may be suspended. */
export declare function startSuspending(inst: Instance, label: string, options: CallOptions | undefined, callback: Callback | undefined, call: () => [Core, ...unknown[]], lift?: (ret: never) => unknown): Promise<unknown>;
export {};

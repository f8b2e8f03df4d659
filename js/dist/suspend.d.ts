import type { Instance } from './instance.js';
import type { Memory } from './memory.js';
import { type Core, maySuspend } from './stacks.js';
import { type Callback } from './tasks.js';
import type { CallOptions } from './types.js';
/** A function that adapters start may have to wait. */
export declare function mayBeSuspended(cx: Instance, core: Core, letters: string): void;
/** Calls a host's asynchronous function, and waits for it. */
export declare function lowerBlocking(inst: Instance, label: string, fallible: boolean, call: (...params: never[]) => unknown, letters: string, store: (result: unknown, ...core: never[]) => unknown): Core;
/** `waitable-set.wait`. */
export declare function waitableSetWait(inst: Instance, m: Memory, cancellable: boolean, index: number, ptr: number): unknown;
/** `thread.yield`, where the stack may be suspended: others run. */
export declare function threadYieldStack(inst: Instance, cancellable: boolean): unknown;
/** Goes on with the prepared call of a caller without the async ABI, which waits for the result. */
export declare function syncStartCall(cx: Instance, callback: Callback | undefined, callee: (...params: unknown[]) => unknown): unknown;
/** Calls an export whose stack may be suspended. `letters` says the type of its core function. */
export declare function startSuspending(inst: Instance, label: string, options: CallOptions | undefined, callback: Callback | undefined, core: Core, letters: string, params: () => unknown[], lift?: (ret: never) => unknown): Promise<unknown>;
export { maySuspend };

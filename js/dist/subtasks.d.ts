import type { Instance } from './instance.js';
import type { Lendable, Scope } from './resources.js';
import { type Call as Scheduled } from './scheduler.js';
import { type Callback, Task } from './tasks.js';
import type { Call } from './types.js';
import { Waitable } from './waitables.js';
export declare const STARTING = 0;
export declare const STARTED = 1;
export declare const RETURNED = 2;
export declare const CANCELLED_BEFORE_STARTED = 3;
export declare const CANCELLED_BEFORE_RETURNED = 4;
export declare const BLOCKED = -1;
/** A call that a component made. */
export declare class Subtask extends Waitable {
    state: number;
    /** What it was lent, until the caller knows that it has ended. */
    lent: Lendable[];
    /** Whether the caller knows. */
    delivered: boolean;
    cancelRequested: boolean;
    /** Asks whoever is called to end. */
    cancel: () => void;
    /** Told of the end, while a suspended stack waits for it. */
    onResolved: (() => void) | undefined;
    get resolved(): boolean;
    /** It got on. */
    advance(state: number): void;
    private event;
    /** The caller knows that it has ended. */
    deliver(): void;
}
/** A call of a host's function: it learns late, or never, that it was cancelled. */
export declare class HostCall implements Call {
    private controller;
    get signal(): AbortSignal;
    abort(): void;
}
export declare function isThenable(value: unknown): value is PromiseLike<unknown>;
/** Makes a result of what a function returned or threw. */
export declare function outcome(fallible: boolean, value: unknown): unknown;
/** Calls a host's function with the async ABI. */
export declare function lowerAsync(inst: Instance, label: string, call: (call: Call) => unknown, store: (result: unknown) => void, fallible?: boolean): number;
/** `subtask.drop`. */
export declare function subtaskDrop(inst: Instance, index: number): void;
/** `subtask.cancel`. */
export declare function subtaskCancel(inst: Instance, async: boolean, index: number): unknown;
/** A call between inner components that an adapter has prepared. */
interface Prepared {
    readonly start: (...params: unknown[]) => unknown;
    readonly finish: (...results: unknown[]) => unknown;
    readonly caller: Instance;
    readonly callee: Instance;
    readonly number: number;
    readonly mayBlock: boolean;
    readonly params: unknown[];
    /** Where the result goes, if it goes through memory. */
    readonly to: unknown[];
}
/** An adapter prepares a call. */
export declare function prepareCall(instances: Instance[], start: Prepared['start'], finish: Prepared['finish'], caller: number, callee: number, number: number, async: number, _encoding: number, count: number, ...params: unknown[]): void;
/** A call between inner components. */
export interface Started {
    readonly task: Task;
    readonly subtask: Subtask;
    /** What the caller gets, when it has. */
    result: unknown;
}
/** Goes on with a prepared call. */
export declare function startCall(cx: Instance, callback: Callback | undefined, postReturn: ((...results: unknown[]) => void) | undefined, callee: (...params: unknown[]) => unknown, asyncCallee: boolean): Started;
/** Goes on with the prepared call of a caller that has the async ABI. */
export declare function asyncStartCall(cx: Instance, callback: Callback | undefined, postReturn: ((...results: unknown[]) => void) | undefined, callee: (...params: unknown[]) => unknown, _params: number, _results: number, flags: number): number;
export type { Scheduled, Scope };

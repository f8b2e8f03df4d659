import type { Instance } from './instance.js';
import type { CallOptions } from './types.js';
import { Call } from './scheduler.js';
import { type Waiter } from './waitables.js';
/** What an asynchronous export is told about events with. */
export type Callback = (code: number, index: number, payload: number) => number;
/** A call of an asynchronous export. */
export declare class Task extends Call implements Waiter {
    readonly callback: Callback | undefined;
    /** The number of the type that it must return, where the caller is a component. */
    readonly number: number | undefined;
    /** Whether it has returned, or said that it was cancelled. */
    resolved: boolean;
    private readonly done;
    private readonly cancelled;
    /** Tells it at once that it is to end, while its turn is to come. */
    interrupt: (() => void) | undefined;
    /** What it waits for. */
    private set;
    private scheduled;
    constructor(inst: Instance, label: string, callback: Callback | undefined, done: (values: unknown[], lift: () => unknown) => void, cancelled: () => void, number?: number, mayBlock?: boolean);
    /** Runs until it has nothing to do. */
    run(work: () => number): void;
    /** Does what a callback's code says. */
    next(code: number): void;
    private pause;
    private wait;
    /** Something happened that it waits for. */
    wake(): void;
    private readonly attempt;
    /** Waits no more. Whether it did. */
    private leave;
    private interrupted;
    /** Tells it that it is to end, if it waits. */
    private stop;
    private tell;
    private call;
    /** Asks it to end. It is told at once if it waits for something. */
    requestCancel(): void;
    /** `task.return`. */
    return(values: unknown[], lift: () => unknown): void;
    /** `task.cancel`. */
    acknowledge(): void;
}
/** Lets a call in, or makes it wait. */
export declare function enterGate(inst: Instance, start: () => void, exclusive?: boolean): boolean;
/** Calls an asynchronous export. */
export declare function startTask(inst: Instance, label: string, options: CallOptions | undefined, callback: Callback | undefined, call: () => number): Promise<unknown>;
/** Ends a call that nobody waits for any more, or does not begin it. */
export declare function cancel(task: Task, start: () => void): void;
/** `task.return`. */
export declare function taskReturn(inst: Instance, number: number, values: unknown[], lift?: () => unknown): void;
/** `task.cancel`. */
export declare function taskCancel(inst: Instance): void;
/** `backpressure.inc`. */
export declare function backpressureInc(inst: Instance): void;
/** `backpressure.dec`. */
export declare function backpressureDec(inst: Instance): void;
/** `thread.yield`, where no stack can be suspended: nobody else runs. */
export declare function threadYield(inst: Instance, cancellable: boolean): number;
/** `context.get`. */
export declare function contextGet(cx: Instance, slot: number): () => number;
/** `context.set`. */
export declare function contextSet(cx: Instance, slot: number): (value: number) => void;
/** The global by which adapters know whether the call that is at work may wait: it changes with the call. */
export declare function mayBlock(cx: Instance): WebAssembly.Global;
/** A call into an instance that returns when it is done: it may wait if WIT says `async`. */
export declare function beginSync(inst: Instance, label: string, mayBlock?: boolean): void;
/** It is done. */
export declare function endSync(inst: Instance): void;
/** What a call into an instance throws. If it was not refused, the component is broken, and all that wait for it are told. */
export declare function thrown(cx: Instance, e: unknown): unknown;
/** A synchronous call from one inner component to another. */
export declare function enterCall(instances: Instance[], caller: number, async: number, callee: number): void;
/** It is done. */
export declare function exitCall(cx: Instance): void;

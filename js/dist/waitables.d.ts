import type { Instance } from './instance.js';
import type { Memory } from './memory.js';
/** What happened: the event's code, the handle that it is about, and what there is to say. */
export type Event = readonly [code: number, index: number, payload: number];
export declare const NONE = 0;
export declare const SUBTASK = 1;
export declare const STREAM_READ = 2;
export declare const STREAM_WRITE = 3;
export declare const FUTURE_READ = 4;
export declare const FUTURE_WRITE = 5;
export declare const TASK_CANCELLED = 6;
/** Something that tells a component when it got on. */
export declare class Waitable {
    /** The handle. */
    index: number;
    /** Told of what happens, while a suspended stack waits for it. */
    onEvent: (() => void) | undefined;
    /** Whether its set has it among those that have something to tell. */
    queued: boolean;
    private pending;
    private set;
    /** Whether there is something to tell. */
    get hasEvent(): boolean;
    /** Whether it is in a set. */
    get joined(): boolean;
    /** Something happened. What exactly is said when it is asked for. */
    notify(event: () => Event): void;
    /** Says what happened, once. */
    take(): Event;
    /** What happened need not be told any more. */
    forget(): void;
    /** Enters a set, or leaves the one that it is in. */
    join(set: WaitableSet | undefined): void;
}
/** Somebody who waits for one of a set. */
export interface Waiter {
    wake(): void;
}
/** Waitables that a task waits for together. */
export declare class WaitableSet {
    members: number;
    /** Who waits for one of them. */
    readonly waiters: Waiter[];
    private readonly queue;
    /** One of them has something to tell. */
    ready(waitable: Waitable): void;
    /** One of them leaves. */
    lose(waitable: Waitable): void;
    /** What happened to the first that has something to tell. */
    poll(): Event | undefined;
    /** Nobody waits any more who did. Whether he did. */
    leave(waiter: Waiter): boolean;
    /** Whether one has something to tell. */
    get hasEvent(): boolean;
}
/** A set, if the handle is one's. */
export declare function setAt(inst: Instance, index: number): WaitableSet;
/** `waitable-set.new`. */
export declare function waitableSetNew(inst: Instance): number;
/** `waitable-set.drop`. */
export declare function waitableSetDrop(inst: Instance, index: number): void;
/** `waitable.join`. */
export declare function waitableJoin(inst: Instance, index: number, set: number): void;
/** `waitable-set.poll`. */
export declare function waitableSetPoll(inst: Instance, m: Memory, cancellable: boolean, index: number, ptr: number): number;
export declare const NOTHING: Event;
export declare const CANCELLED: Event;
/** Writes what happened, and says which code it has. */
export declare function storeEvent(m: Memory, ptr: number, [code, index, payload]: Event): number;

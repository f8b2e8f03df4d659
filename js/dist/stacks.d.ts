import type { Instance } from './instance.js';
import { type Call, type Starter } from './scheduler.js';
import type { Waitable } from './waitables.js';
/** A function of a core module. */
export type Core = (...params: never[]) => unknown;
/** The part of WebAssembly that suspends stacks, where it is there. */
export declare const jspi: {
    Suspending?: new (f: Core) => Core;
    promising?: (f: Core) => (...params: unknown[]) => Promise<unknown>;
};
/** Whether the reason of a failure is still to come. */
export declare function dying(e: unknown): boolean;
/** What a function that has to wait returns: until when, and what is done where the stack goes on. */
declare class Waiting {
    readonly promise: PromiseLike<unknown>;
    readonly resume: () => unknown;
    constructor(promise: PromiseLike<unknown>, resume: () => unknown);
}
/**
 * Makes a function of the package one that may suspend the stack that calls it. An engine suspends at each call of what may,
 * so a function of WebAssembly asks first whether it has to. What comes after the wait is done before anybody else can run.
 */
export declare function maySuspend(f: Core, letters: string): Core;
/** Functions that run on stacks of their own, and what goes on with these. */
export declare class Stacks implements Starter {
    private readonly cx;
    private readonly functions;
    private readonly known;
    private stack;
    constructor(cx: Instance);
    /** The stacks of a component. */
    static of(cx: Instance): Stacks;
    /** A function may have to wait. */
    add(core: Core, letters: string): void;
    has(core: Core): boolean;
    start(label: string, task: Call, core: Core, params: () => unknown[], done: (...results: unknown[]) => void): void;
    /** The function of a stack has returned. */
    private end;
    /** Nothing runs now. */
    private leave;
    /** Whether the call that is at work could wait here. */
    get can(): boolean;
    /**
     * Waits with the stack suspended: meanwhile others may enter. What a promise gives, or breaks with, is looked at where the
     * stack goes on.
     */
    wait<T>(what: string, promise: PromiseLike<T>, then: (value: T) => unknown, failed?: (reason: unknown) => unknown): Waiting;
    /** Waits until a waitable, which is in no set, is ready. */
    until(what: string, waitable: Waitable, ready: () => boolean, then: () => number): unknown;
}
export {};

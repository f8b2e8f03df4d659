import type { Instance } from './instance.js';
import type { Lendable, Scope } from './resources.js';
import type { Waitable } from './waitables.js';
/** What is known of the asynchronous work of a component. */
export interface State {
    /** Whom to tell when the component breaks. */
    readonly pending: Set<(reason: unknown) => void>;
    /** Why it broke. */
    reason: unknown;
    /** The call between inner components that an adapter has prepared. */
    prepared: unknown;
    /** What starts functions on stacks that may be suspended, where there are any. */
    stacks: Starter | undefined;
}
/** Starts functions on stacks that may be suspended. */
export interface Starter {
    /** Whether this engine can do that. */
    readonly can: boolean;
    /** Whether a function needs that. */
    has(core: (...params: never[]) => unknown): boolean;
    /** Starts one in the name of a call. What comes after it is done before its stack is left. */
    start(label: string, task: Call, core: (...params: never[]) => unknown, params: () => unknown[], done: (...results: unknown[]) => void): void;
    /** Waits until a waitable, which is in no set, is ready. */
    until(what: string, waitable: Waitable, ready: () => boolean, then: () => number): unknown;
}
/** What is known of the asynchronous work of one instance. */
export interface Gate {
    /** How many times it asked to be left alone. */
    backpressure: number;
    /** Whether a suspended stack keeps others out. */
    held: boolean;
    /** Who waits to be let in. */
    readonly queue: (() => void)[];
    /** Who is in, and waits until the suspended stack has ended. */
    readonly inside: (() => void)[];
}
/** The state of a component. */
export declare function stateOf(inst: Instance): State;
/** The gate of an instance. */
export declare function gateOf(inst: Instance): Gate;
export declare const now: Promise<void>;
/** Does something as soon as nothing runs. Node's `queueMicrotask` does the same, and is several times slower. */
export declare function microtask(work: () => void): void;
/** A call into an instance. */
export declare class Call implements Scope {
    borrows: number;
    readonly lent: Lendable[];
    readonly parent: Scope | undefined;
    readonly inst: Instance;
    readonly label: string;
    /** What `context.get` and `context.set` are about. */
    readonly context: number[];
    /** Whether it may wait: the function is `async` in WIT. */
    readonly mayBlock: boolean;
    /** Whether nobody else may run in its instance while its stack is suspended. */
    exclusive: boolean;
    private cancel;
    constructor(inst: Instance, label: string, mayBlock: boolean, parent?: Scope);
    /** Somebody wants it to end. */
    askToCancel(): void;
    /** Whether it must be told so, which happens once. */
    takeCancel(): boolean;
    /** Whether it knows. */
    get knowsCancel(): boolean;
    /** It gives back what it was lent. */
    giveBack(): void;
}
/** The call that is at work. */
export declare function currentTask(inst: Instance): Call | undefined;
/** What suspends the stack that is at work, which has to wait. */
export declare function starterOf(cx: Instance, what: string): Starter;
/** Does something inside a component, in the name of a call, from wherever we are. */
export declare function inside<T>(cx: Instance, label: string, task: Scope | undefined, work: () => T): T;
/**
 * Does something inside a component that came up by itself: at once, or as soon as nothing runs. What goes wrong ends all
 * that the component has to do.
 */
export declare function later(cx: Instance, work: () => void): void;
/** Why nothing goes on in a component. */
export declare function trapped(cx: Instance): Error;
/** The component is broken: all that wait for it are told. */
export declare function fail(cx: Instance, reason: unknown, what?: string): void;
/** A promise that is broken when the component is. */
export declare function promised<T>(cx: Instance, start: (resolve: (value: T) => void, reject: (reason: unknown) => void) => void): Promise<T>;
/** Goes on in an instance, unless a suspended stack keeps others out; then when that has ended. */
export declare function whenFree(inst: Instance, work: () => void): void;
/** A stack has ended: others may run in its instance. */
export declare function release(inst: Instance): void;
/** Lets the next in, if nobody keeps it out. */
export declare function openGate(inst: Instance): void;
/** Does something when all that is ready has had its turn: promises, timers, the network. */
export declare function soon(work: () => void): void;

import { Trap } from './errors.js';
import type { Lendable, ResourceType, Scope } from './resources.js';
import type { Gate, State } from './scheduler.js';
import type { Table } from './table.js';
import type { Untouched } from './types.js';
/** An instance of a component: who may enter it, who may leave it, and what to call it in a message. */
export declare class Instance {
    /** The instance of the whole component; an instance inside has the one that it is in. */
    readonly root: Instance;
    /** Of the whole: what runs now, by name; empty if nothing does. A trap leaves it as it was, and nobody may enter any more. */
    at: string;
    /** Of the whole: how many imports are being called. */
    depth: number;
    /** Of the whole: the call that is at work. */
    task: Scope | undefined;
    /** Of the whole: what is lent to an asynchronous import whose arguments are being lifted. */
    lending: Lendable[] | undefined;
    /** Of the whole: the streams and futures that go to the same. */
    giving: Untouched[] | undefined;
    /** Of the whole: types of resources, by number. */
    types: ResourceType[];
    /** Whether the instance may not be left: it runs `realloc` or a post-return function. */
    locked: boolean;
    /** Of the whole: its asynchronous work, once there is some. */
    state: State | undefined;
    /** Who may enter it, once it has asynchronous work. */
    gate: Gate | undefined;
    /** Its handles; made by the first. */
    handles: Table | undefined;
    constructor(root?: Instance);
    /** An export is called. */
    enter(what: string): void;
    /** An import is called by an instance. What ran before is what to go `back` to. */
    call(what: string, inst?: Instance): string;
    /** An import is done, and gave this. */
    back<T>(at: string, value?: T): T;
    /** A rule was broken. */
    trap(message: string): never;
    /** A value is not what its type says. If it came with a call from outside, the instance is as it was before. */
    reject(type: string, value: unknown, field?: string): never;
    /** Says why nobody may enter. */
    refuse(what: string): never;
    /** Why nobody may enter. */
    refusal(what: string): Trap;
    /** Says why nobody may leave. */
    stuck(what: string): never;
}
/** A value is not what its type says. */
export declare function reject(type: string, value: unknown, at: string): never;
/** What a component imports, if it is there, with all the functions and classes that it needs. */
export declare function required<T extends object, K extends keyof T & string>(imports: T | undefined, key: K, members?: readonly string[]): T[K];

/// <reference lib="esnext.disposable" preserve="true" />
import type { Instance } from './instance.js';
import type { Memory } from './memory.js';
/** A call at work: it must give back what was lent to it. */
export interface Scope {
    /** How many borrowed handles it has. */
    borrows: number;
    /** What it was lent, to be free again when it is done. */
    readonly lent: Lendable[];
    /** The call that made this one. */
    readonly parent: Scope | undefined;
}
/** Something that cannot be let go of while somebody borrows it. */
export interface Lendable {
    lends: number;
}
/** An entry of an instance's table. */
export declare class Handle implements Lendable {
    lends: number;
    readonly type: ResourceType;
    /** What the instance that defines the resource calls it; the object itself, if that is the host. */
    readonly rep: unknown;
    /** The call that must drop a borrow; nothing for what is owned. */
    readonly scope: Scope | undefined;
    readonly own: boolean;
    constructor(type: ResourceType, rep: unknown, own: boolean, scope?: Scope);
}
/** Where a resource goes through: a memory knows it. */
export interface Door {
    readonly cx: Instance;
    readonly inst: Instance;
}
/** What the host holds of a resource that a component defines. */
interface Held extends Lendable {
    readonly type: ResourceType;
    readonly rep: number;
    readonly own: boolean;
}
declare const HELD: unique symbol;
declare const DISPOSE: typeof Symbol.dispose;
/** A type of resources of one instance of a component. */
export declare class ResourceType {
    /** The class of its objects, if the component defines it. */
    Class: typeof Resource | undefined;
    /** What is called when the last owner lets go. */
    dtor: ((rep: number) => void) | undefined;
    readonly cx: Instance;
    readonly name: string;
    /** The instance that defines it; nothing if the host does. */
    readonly definer: Instance | undefined;
    private forgotten;
    constructor(cx: Instance, name: string, definer?: Instance);
    /** Lets go when an object is collected that nobody has disposed of. */
    watch(object: object, held: Held): void;
    /** An object holds the resource no more. */
    unwatch(held: Held): void;
    /** Calls the destructor from outside. */
    destroy(rep: number): void;
}
/** The class of what components define. */
export declare class Resource {
    private [HELD];
    /** Takes over what another object holds. */
    constructor(from: Resource);
    /** An object of a type's class. */
    static wrap(type: ResourceType, rep: number, own: boolean): Resource;
    /** What an object holds, if it is of the type and holds something still. */
    static held(cx: Instance, type: ResourceType, object: unknown, field?: string): Held;
    /** Takes away what an object holds. */
    static release(object: Resource): void;
    /** Lets go. */
    [DISPOSE](): void;
}
/** A component gives a resource away. */
export declare function liftOwn(m: Door, number: number, index: number): unknown;
/** Takes an owned handle out of an instance's table. */
export declare function takeOwn(inst: Instance, type: ResourceType, index: number): Handle;
/** A component lends a resource. */
export declare function liftBorrow(m: Door, number: number, index: number): unknown;
/** All arguments of a synchronous import have been lifted: it cannot give away what it is lent. */
export declare function endLending(cx: Instance): void;
/** A component is given a resource. */
export declare function lowerOwn(m: Door, number: number, v: unknown, field?: string): number;
/** The same, at an address. */
export declare function storeOwn(m: Memory, p: number, number: number, v: unknown, field?: string): void;
/** A component is lent a resource that another defines. */
export declare function lowerBorrow(m: Door, number: number, v: unknown, field?: string): number;
/** A component is lent a resource of its own. */
export declare function lowerRep(m: Door, number: number, v: unknown, field?: string): number;
/** `resource.new`. */
export declare function resourceNew(inst: Instance, number: number, rep: number): number;
/** `resource.rep`. */
export declare function resourceRep(inst: Instance, number: number, index: number): number;
/** `resource.drop`. */
export declare function resourceDrop(inst: Instance, number: number, index: number): void;
/** A call is going to lend something. */
export declare function beginScope(cx: Instance): void;
/** A call is done: it has given everything back. */
export declare function endScope(cx: Instance): void;
/** `own` and `borrow` between inner components: the handle becomes one of another table. */
export interface HandleTable {
    readonly inst: Instance;
    readonly type: ResourceType;
}
/** Moves an owned handle. */
export declare function moveOwn(from: HandleTable, to: HandleTable, index: number): number;
/** Lends a handle. The instance that defines the resource gets what it calls it. */
export declare function moveBorrow(from: HandleTable, to: HandleTable, index: number): number;
export {};

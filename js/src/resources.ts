/// <reference lib="esnext.disposable" preserve="true" />
import type { Instance } from './instance.js';
import type { Memory } from './memory.js';
import { tableOf } from './table.js';

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
export class Handle implements Lendable {
  lends = 0;
  readonly type: ResourceType;
  /** What the instance that defines the resource calls it; the object itself, if that is the host. */
  readonly rep: unknown;
  /** The call that must drop a borrow; nothing for what is owned. */
  readonly scope: Scope | undefined;
  readonly own: boolean;

  constructor(type: ResourceType, rep: unknown, own: boolean, scope?: Scope) {
    this.type = type;
    this.rep = rep;
    this.own = own;
    this.scope = scope;
  }
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

const HELD = Symbol('held');
const DISPOSE: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for('dispose');

/** A type of resources of one instance of a component. */
export class ResourceType {
  /** The class of its objects, if the component defines it. */
  Class: typeof Resource | undefined = undefined;
  /** What is called when the last owner lets go. */
  dtor: ((rep: number) => void) | undefined = undefined;
  readonly cx: Instance;
  readonly name: string;
  /** The instance that defines it; nothing if the host does. */
  readonly definer: Instance | undefined;
  private forgotten: FinalizationRegistry<Held> | undefined = undefined;

  constructor(cx: Instance, name: string, definer?: Instance) {
    this.cx = cx;
    this.name = name;
    this.definer = definer;
  }

  /** Lets go when an object is collected that nobody has disposed of. */
  watch(object: object, held: Held): void {
    this.forgotten ??= new FinalizationRegistry((held) => {
      if (this.cx.at === '') this.destroy(held.rep);
    });
    this.forgotten.register(object, held, held);
  }

  /** An object holds the resource no more. */
  unwatch(held: Held): void {
    this.forgotten?.unregister(held);
  }

  /** Calls the destructor from outside. */
  destroy(rep: number): void {
    if (this.dtor === undefined) return;
    this.cx.enter(`drop of ${this.name}`);
    this.dtor(rep);
    this.cx.at = '';
  }
}

/** The class of what components define. */
export class Resource {
  private [HELD]: Held | undefined;

  /** Takes over what another object holds. */
  constructor(from: Resource) {
    const held = from[HELD];
    if (held === undefined) throw new TypeError('there is nothing to hold');
    held.type.unwatch(held);
    from[HELD] = undefined;
    this[HELD] = held;
    held.type.watch(this, held);
  }

  /** An object of a type's class. */
  static wrap(type: ResourceType, rep: number, own: boolean): Resource {
    const object = Object.create((type.Class ?? Resource).prototype) as Resource;
    const held = { type, rep, own, lends: 0 };
    object[HELD] = held;
    if (own) type.watch(object, held);
    return object;
  }

  /** What an object holds, if it is of the type and holds something still. */
  static held(cx: Instance, type: ResourceType, object: unknown, field?: string): Held {
    const held = object instanceof Resource ? object[HELD] : undefined;
    if (held?.type === type) return held;
    const gone = object instanceof (type.Class ?? Resource);
    return cx.reject(gone ? `a ${type.name} that is not disposed of` : type.name, object, field);
  }

  /** Takes away what an object holds. */
  static release(object: Resource): void {
    object[HELD]?.type.unwatch(object[HELD]);
    object[HELD] = undefined;
  }

  /** Lets go. */
  [DISPOSE](): void {
    const held = this[HELD];
    if (held === undefined) return;
    if (held.lends > 0) throw new TypeError(`this ${held.type.name} is in use by a call that has not ended`);
    if (held.own && held.type.dtor !== undefined && held.type.cx.at !== '') {
      held.type.cx.refuse(`drop of ${held.type.name}`);
    }
    Resource.release(this);
    if (held.own) held.type.destroy(held.rep);
  }
}

/** A handle, if it is one of the type. */
function handle(inst: Instance, type: ResourceType, index: number): Handle {
  const entry = tableOf(inst).get(index);
  if (!(entry instanceof Handle)) return inst.root.trap(`unknown handle index ${index >>> 0} of a ${type.name}`);
  if (entry.type !== type) inst.root.trap(`handle index ${index >>> 0} is not a ${type.name}`);
  return entry;
}

/** A call is charged with a borrowed handle. */
function borrow(inst: Instance, type: ResourceType, rep: unknown): number {
  const scope = inst.root.task;
  if (scope !== undefined) scope.borrows++;
  return tableOf(inst).add(new Handle(type, rep, false, scope), inst.root);
}

/** What is lent to a call stays where it is until that is done. */
function lend(inst: Instance, what: Lendable): void {
  const scope = inst.root.task;
  if (scope === undefined) return;
  what.lends++;
  scope.lent.push(what);
}

/** A component gives a resource away. */
export function liftOwn(m: Door, number: number, index: number): unknown {
  const type = m.cx.types[number]!;
  const h = takeOwn(m.inst, type, index);
  return type.definer === undefined ? h.rep : Resource.wrap(type, h.rep as number, true);
}

/** Takes an owned handle out of an instance's table. */
export function takeOwn(inst: Instance, type: ResourceType, index: number): Handle {
  const h = handle(inst, type, index);
  if (!h.own) inst.root.trap(`cannot give away a borrowed ${type.name}`);
  if (h.lends > 0) inst.root.trap(`cannot give away a ${type.name} while it is borrowed`);
  tableOf(inst).remove(index);
  return h;
}

/** A component lends a resource. */
export function liftBorrow(m: Door, number: number, index: number): unknown {
  const type = m.cx.types[number]!;
  const h = handle(m.inst, type, index);
  const { lending } = m.cx;
  if (lending !== undefined) {
    h.lends++;
    lending.push(h);
  }
  return type.definer === undefined ? h.rep : Resource.wrap(type, h.rep as number, false);
}

/** All arguments of a synchronous import have been lifted: it cannot give away what it is lent. */
export function endLending(cx: Instance): void {
  for (const lent of cx.lending!) lent.lends--;
  cx.lending = undefined;
}

/** A component is given a resource. */
export function lowerOwn(m: Door, number: number, v: unknown, field?: string): number {
  const { cx, inst } = m;
  const type = cx.types[number]!;
  if (type.definer === undefined) {
    if (typeof v !== 'object' || v === null) cx.reject(type.name, v, field);
    return tableOf(inst).add(new Handle(type, v, true), cx);
  }
  const held = Resource.held(cx, type, v, field);
  if (!held.own || held.lends > 0) cx.reject(`a ${type.name} that is not borrowed`, v, field);
  Resource.release(v as Resource);
  return tableOf(inst).add(new Handle(type, held.rep, true), cx);
}

/** The same, at an address. */
export function storeOwn(m: Memory, p: number, number: number, v: unknown, field?: string): void {
  m.dv.setUint32(p, lowerOwn(m, number, v, field), true);
}

/** A component is lent a resource that another defines. */
export function lowerBorrow(m: Door, number: number, v: unknown, field?: string): number {
  const { cx, inst } = m;
  const type = cx.types[number]!;
  if (type.definer === undefined) {
    if (typeof v !== 'object' || v === null) cx.reject(type.name, v, field);
    return borrow(inst, type, v);
  }
  const held = Resource.held(cx, type, v, field);
  lend(inst, held);
  return borrow(inst, type, held.rep);
}

/** A component is lent a resource of its own. */
export function lowerRep(m: Door, number: number, v: unknown, field?: string): number {
  const held = Resource.held(m.cx, m.cx.types[number]!, v, field);
  lend(m.inst, held);
  return held.rep;
}

/** `resource.new`. */
export function resourceNew(inst: Instance, number: number, rep: number): number {
  const type = inst.root.types[number]!;
  if (inst.locked) inst.root.stuck('resource.new');
  return tableOf(inst).add(new Handle(type, rep, true), inst.root);
}

/** `resource.rep`. */
export function resourceRep(inst: Instance, number: number, index: number): number {
  return handle(inst, inst.root.types[number]!, index).rep as number;
}

/** `resource.drop`. */
export function resourceDrop(inst: Instance, number: number, index: number): void {
  const cx = inst.root;
  const type = cx.types[number]!;
  if (inst.locked) cx.stuck('resource.drop');
  const h = handle(inst, type, index);
  if (h.lends > 0) cx.trap(`cannot drop a ${type.name} while it is borrowed`);
  tableOf(inst).remove(index);
  if (!h.own) {
    if (h.scope !== undefined) h.scope.borrows--;
  } else if (type.definer === undefined) {
    const object = h.rep as { [DISPOSE]?: () => void };
    if (typeof object[DISPOSE] === 'function') {
      const at = cx.call(`drop of ${type.name}`);
      object[DISPOSE]();
      cx.back(at);
    }
  } else {
    type.dtor?.(h.rep as number);
  }
}

/** A call is going to lend something. */
export function beginScope(cx: Instance): void {
  cx.task = { borrows: 0, lent: [], parent: cx.task };
}

/** A call is done: it has given everything back. */
export function endScope(cx: Instance): void {
  const scope = cx.task;
  if (scope === undefined) return;
  if (scope.borrows > 0) cx.trap('borrow handles still remain at the end of the call');
  for (const lent of scope.lent) lent.lends--;
  cx.task = scope.parent;
}

/** `own` and `borrow` between inner components: the handle becomes one of another table. */
export interface HandleTable {
  readonly inst: Instance;
  readonly type: ResourceType;
}

/** Moves an owned handle. */
export function moveOwn(from: HandleTable, to: HandleTable, index: number): number {
  const h = takeOwn(from.inst, from.type, index);
  return tableOf(to.inst).add(new Handle(to.type, h.rep, true), to.inst.root);
}

/** Lends a handle. The instance that defines the resource gets what it calls it. */
export function moveBorrow(from: HandleTable, to: HandleTable, index: number): number {
  const h = handle(from.inst, from.type, index);
  lend(to.inst, h);
  return to.type.definer === to.inst ? (h.rep as number) : borrow(to.inst, to.type, h.rep);
}

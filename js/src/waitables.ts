import type { Instance } from './instance.js';
import type { Memory } from './memory.js';
import { tableOf } from './table.js';
import { currentTask } from './scheduler.js';

/** What happened: the event's code, the handle that it is about, and what there is to say. */
export type Event = readonly [code: number, index: number, payload: number];

export const NONE = 0;
export const SUBTASK = 1;
export const STREAM_READ = 2;
export const STREAM_WRITE = 3;
export const FUTURE_READ = 4;
export const FUTURE_WRITE = 5;
export const TASK_CANCELLED = 6;

/** Something that tells a component when it got on. */
export class Waitable {
  /** The handle. */
  index = 0;
  /** Told of what happens, while a suspended stack waits for it. */
  onEvent: (() => void) | undefined = undefined;
  /** Whether its set has it among those that have something to tell. */
  queued = false;
  private pending: (() => Event) | undefined = undefined;
  private set: WaitableSet | undefined = undefined;

  /** Whether there is something to tell. */
  get hasEvent(): boolean {
    return this.pending !== undefined;
  }

  /** Whether it is in a set. */
  get joined(): boolean {
    return this.set !== undefined;
  }

  /** Something happened. What exactly is said when it is asked for. */
  notify(event: () => Event): void {
    this.pending = event;
    this.set?.ready(this);
    this.onEvent?.();
  }

  /** Says what happened, once. */
  take(): Event {
    const event = this.pending!;
    this.pending = undefined;
    return event();
  }

  /** What happened need not be told any more. */
  forget(): void {
    this.pending = undefined;
  }

  /** Enters a set, or leaves the one that it is in. */
  join(set: WaitableSet | undefined): void {
    this.set?.lose(this);
    this.set = set;
    if (set === undefined) return;
    set.members++;
    if (this.hasEvent) set.ready(this);
  }
}

/** Somebody who waits for one of a set. */
export interface Waiter {
  wake(): void;
}

/** Waitables that a task waits for together. */
export class WaitableSet {
  members = 0;
  /** Who waits for one of them. */
  readonly waiters: Waiter[] = [];
  private readonly queue: Waitable[] = [];

  /** One of them has something to tell. */
  ready(waitable: Waitable): void {
    if (!waitable.queued) {
      waitable.queued = true;
      this.queue.push(waitable);
    }
    this.waiters[0]?.wake();
  }

  /** One of them leaves. */
  lose(waitable: Waitable): void {
    this.members--;
    if (!waitable.queued) return;
    waitable.queued = false;
    this.queue.splice(this.queue.indexOf(waitable), 1);
  }

  /** What happened to the first that has something to tell. */
  poll(): Event | undefined {
    for (let next = this.queue.shift(); next !== undefined; next = this.queue.shift()) {
      next.queued = false;
      if (next.hasEvent) return next.take();
    }
    return undefined;
  }

  /** Nobody waits any more who did. Whether he did. */
  leave(waiter: Waiter): boolean {
    const index = this.waiters.indexOf(waiter);
    if (index >= 0) this.waiters.splice(index, 1);
    return index >= 0;
  }

  /** Whether one has something to tell. */
  get hasEvent(): boolean {
    return this.queue.some((waitable) => waitable.hasEvent);
  }
}

/** A set, if the handle is one's. */
export function setAt(inst: Instance, index: number): WaitableSet {
  const set = tableOf(inst).get(index);
  return set instanceof WaitableSet ? set : inst.root.trap(`handle index ${index >>> 0} is not a waitable set`);
}

/** `waitable-set.new`. */
export function waitableSetNew(inst: Instance): number {
  if (inst.locked) inst.root.stuck('waitable-set.new');
  return tableOf(inst).add(new WaitableSet(), inst.root);
}

/** `waitable-set.drop`. */
export function waitableSetDrop(inst: Instance, index: number): void {
  if (inst.locked) inst.root.stuck('waitable-set.drop');
  const set = setAt(inst, index);
  if (set.members > 0) inst.root.trap('cannot drop a waitable set that is not empty');
  if (set.waiters.length > 0) inst.root.trap('cannot drop a waitable set that somebody waits for');
  tableOf(inst).remove(index);
}

/** `waitable.join`. */
export function waitableJoin(inst: Instance, index: number, set: number): void {
  if (inst.locked) inst.root.stuck('waitable.join');
  const waitable = tableOf(inst).get(index);
  if (!(waitable instanceof Waitable)) return inst.root.trap(`handle index ${index >>> 0} is not a waitable`);
  if (waitable.onEvent !== undefined) inst.root.trap('cannot join a waitable that a synchronous call waits for');
  waitable.join(set === 0 ? undefined : setAt(inst, set));
}

/** `waitable-set.poll`. */
export function waitableSetPoll(
  inst: Instance,
  m: Memory,
  cancellable: boolean,
  index: number,
  ptr: number,
): number {
  if (inst.locked) inst.root.stuck('waitable-set.poll');
  const set = setAt(inst, index);
  const task = currentTask(inst);
  const event = cancellable && task?.takeCancel() === true ? CANCELLED : (set.poll() ?? NOTHING);
  return storeEvent(m, ptr, event);
}

export const NOTHING: Event = [NONE, 0, 0];
export const CANCELLED: Event = [TASK_CANCELLED, 0, 0];

/** Writes what happened, and says which code it has. */
export function storeEvent(m: Memory, ptr: number, [code, index, payload]: Event): number {
  ptr = m.at(ptr, 4, 8, 'event');
  m.dv.setUint32(ptr, index, true);
  m.dv.setUint32(ptr + 4, payload, true);
  return code;
}

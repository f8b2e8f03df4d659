import type { Instance } from './instance.js';
import type { Scope } from './resources.js';
import type { CallOptions } from './types.js';
import {
  Call,
  currentTask,
  fail,
  gateOf,
  inside,
  later,
  microtask,
  openGate,
  promised,
  soon,
  stateOf,
  whenFree,
} from './scheduler.js';
import { Watch } from './signals.js';
import { CANCELLED, type Event, NOTHING, setAt, type WaitableSet, type Waiter } from './waitables.js';

/** What an asynchronous export is told about events with. */
export type Callback = (code: number, index: number, payload: number) => number;

const EXIT = 0;
const YIELD = 1;
const WAIT = 2;

/** A call of an asynchronous export. */
export class Task extends Call implements Waiter {
  readonly callback: Callback | undefined;
  /** The number of the type that it must return, where the caller is a component. */
  readonly number: number | undefined;
  /** Whether it has returned, or said that it was cancelled. */
  resolved = false;
  private readonly done: (values: unknown[], lift: () => unknown) => void;
  private readonly cancelled: () => void;
  /** Tells it at once that it is to end, while its turn is to come. */
  interrupt: (() => void) | undefined = undefined;
  /** What it waits for. */
  private set: WaitableSet | undefined = undefined;
  private scheduled = false;

  constructor(
    inst: Instance,
    label: string,
    callback: Callback | undefined,
    done: (values: unknown[], lift: () => unknown) => void,
    cancelled: () => void,
    number?: number,
    mayBlock = true,
  ) {
    super(inst, label, mayBlock);
    this.callback = callback;
    this.done = done;
    this.cancelled = cancelled;
    this.number = number;
  }

  /** Runs until it has nothing to do. */
  run(work: () => number): void {
    const { inst } = this;
    const code = inside(inst.root, this.label, this, work);
    this.next(code);
  }

  /** Does what a callback's code says. */
  next(code: number): void {
    const cx = this.inst.root;
    switch (code & 0xf) {
      case EXIT:
        if (!this.resolved) inside(cx, this.label, this, () => cx.trap('the task ended without task.return'));
        return;
      case YIELD:
        this.pause();
        return;
      case WAIT:
        this.wait(inside(cx, this.label, this, () => setAt(this.inst, code >>> 4)));
        return;
      default:
        inside(cx, this.label, this, () => cx.trap(`${code & 0xf} is not a code that a callback may return`));
    }
  }

  private pause(): void {
    let waiting = true;
    this.interrupt = () => {
      waiting = false;
      this.tell(CANCELLED);
    };
    soon(() => {
      if (waiting) later(this.inst.root, () => this.tell(this.takeCancel() ? CANCELLED : NOTHING));
    });
    if (this.takeCancel()) microtask(() => this.interrupted());
  }

  private wait(set: WaitableSet): void {
    this.set = set;
    set.waiters.push(this);
    if (this.takeCancel()) microtask(() => this.interrupted());
    else if (set.hasEvent) this.wake();
  }

  /** Something happened that it waits for. */
  wake(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    microtask(() => later(this.inst.root, this.attempt));
  }

  private readonly attempt = (): void => {
    const { set, inst } = this;
    this.scheduled = false;
    if (set === undefined) return;
    if (inst.gate?.held === true) {
      inst.gate.inside.push(() => this.wake());
      return;
    }
    const event = set.poll();
    if (event === undefined) return;
    this.leave();
    if (set.hasEvent) set.waiters[0]?.wake();
    this.tell(event);
  };

  /** Waits no more. Whether it did. */
  private leave(): boolean {
    const { set } = this;
    this.set = undefined;
    return set?.leave(this) === true;
  }

  private interrupted(): void {
    later(this.inst.root, () => this.stop());
  }

  /** Tells it that it is to end, if it waits. */
  private stop(): void {
    if (this.leave()) this.tell(CANCELLED);
    else this.interrupt?.();
  }

  private tell(event: Event): void {
    this.interrupt = undefined;
    whenFree(this.inst, () => this.call(event));
  }

  private call([code, index, payload]: Event): void {
    const { callback, inst, label } = this;
    const { stacks } = stateOf(inst.root);
    if (stacks?.has(callback!) === true) {
      stacks.start(label, this, callback!, () => [code, index, payload], (code) => this.next(code as number));
    } else {
      this.run(() => callback!(code, index, payload));
    }
  }

  /** Asks it to end. It is told at once if it waits for something. */
  requestCancel(): void {
    this.askToCancel();
    if ((this.set ?? this.interrupt) !== undefined && this.takeCancel()) this.stop();
  }

  /** `task.return`. */
  return(values: unknown[], lift: () => unknown): void {
    const cx = this.inst.root;
    if (this.resolved) cx.trap('the task has returned already');
    this.giveBack();
    this.resolved = true;
    this.done(values, lift);
  }

  /** `task.cancel`. */
  acknowledge(): void {
    const cx = this.inst.root;
    if (this.resolved) cx.trap('the task has returned already');
    if (!this.knowsCancel) cx.trap('task.cancel without a request to cancel');
    this.giveBack();
    this.resolved = true;
    this.cancelled();
  }
}

/** Lets a call in, or makes it wait. */
export function enterGate(inst: Instance, start: () => void, exclusive = true): boolean {
  const gate = gateOf(inst);
  if (gate.backpressure === 0 && !(gate.held && exclusive) && gate.queue.length === 0) {
    start();
    return true;
  }
  gate.queue.push(start);
  return false;
}

/** Calls an asynchronous export. */
export function startTask(
  inst: Instance,
  label: string,
  options: CallOptions | undefined,
  callback: Callback | undefined,
  call: () => number,
): Promise<unknown> {
  const cx = inst.root;
  const signal = options?.signal;
  if (signal?.aborted === true) return Promise.reject(signal.reason as Error);
  if (cx.at !== '') return Promise.reject(cx.refusal(label));
  const watch = signal && new Watch(signal);
  return promised(cx, (resolve, reject) => {
    const done = (_: unknown[], lift: () => unknown) => {
      watch?.end();
      resolve(lift());
    };
    const task = new Task(inst, label, callback, done, () => reject(signal?.reason));
    const start = () => {
      try {
        task.run(call);
      } catch (e) {
        watch?.end();
        reject(e);
        if (cx.at !== '') fail(cx, e);
      }
    };
    enterGate(inst, start);
    watch?.begin(reject, () => cancel(task, start));
  });
}

/** Ends a call that nobody waits for any more, or does not begin it. */
export function cancel(task: Task, start: () => void): void {
  const { queue } = gateOf(task.inst);
  const index = queue.indexOf(start);
  if (index >= 0) queue.splice(index, 1);
  else if (!task.resolved) later(task.inst.root, () => task.requestCancel());
}

/** The task that a built-in is about. */
function ofTask(inst: Instance, what: string): Task {
  if (inst.locked) inst.root.stuck(what);
  const task = currentTask(inst);
  return task instanceof Task && task.inst === inst
    ? task
    : inst.root.trap(`${what} outside of an asynchronous call`);
}

/** `task.return`. */
export function taskReturn(
  inst: Instance,
  number: number,
  values: unknown[],
  lift: () => unknown = () => undefined,
): void {
  const task = ofTask(inst, 'task.return');
  if (task.number !== undefined && task.number !== number) inst.root.trap('task.return with a result of another type');
  task.return(values, lift);
}

/** `task.cancel`. */
export function taskCancel(inst: Instance): void {
  ofTask(inst, 'task.cancel').acknowledge();
}

/** `backpressure.inc`. */
export function backpressureInc(inst: Instance): void {
  const gate = gateOf(inst);
  if (++gate.backpressure >= 0x10000) inst.root.trap('backpressure.inc too many times');
}

/** `backpressure.dec`. */
export function backpressureDec(inst: Instance): void {
  const gate = gateOf(inst);
  if (gate.backpressure === 0) inst.root.trap('backpressure.dec without backpressure.inc');
  gate.backpressure--;
  openGate(inst);
}

/** `thread.yield`, where no stack can be suspended: nobody else runs. */
export function threadYield(inst: Instance, cancellable: boolean): number {
  if (inst.locked) inst.root.stuck('thread.yield');
  return cancellable && currentTask(inst)?.takeCancel() === true ? 1 : 0;
}

/** `context.get`. */
export function contextGet(cx: Instance, slot: number): () => number {
  return () => currentTask(cx)?.context[slot] ?? 0;
}

/** `context.set`. */
export function contextSet(cx: Instance, slot: number): (value: number) => void {
  return (value) => {
    const task = currentTask(cx);
    if (task !== undefined) task.context[slot] = value;
  };
}

/** The global by which adapters know whether the call that is at work may wait: it changes with the call. */
export function mayBlock(cx: Instance): WebAssembly.Global {
  const global = new WebAssembly.Global({ value: 'i32', mutable: true }, 0);
  let { task } = cx;
  Object.defineProperty(cx, 'task', {
    get: () => task,
    set: (next: Scope | undefined) => {
      task = next;
      global.value = next instanceof Call && next.mayBlock ? 1 : 0;
    },
  });
  return global;
}

/** A call into an instance that returns when it is done: it may wait if WIT says `async`. */
export function beginSync(inst: Instance, label: string, mayBlock = false): void {
  inst.root.task = new Call(inst, label, mayBlock, inst.root.task);
}

/** It is done. */
export function endSync(inst: Instance): void {
  const cx = inst.root;
  currentTask(cx)?.giveBack();
  cx.task = cx.task?.parent;
}

/** What a call into an instance throws. If it was not refused, the component is broken, and all that wait for it are told. */
export function thrown(cx: Instance, e: unknown): unknown {
  if (cx.at !== '') fail(cx, e);
  return e;
}

/** A synchronous call from one inner component to another. */
export function enterCall(instances: Instance[], caller: number, async: number, callee: number): void {
  const cx = instances[caller]!.root;
  cx.task = new Call(instances[callee]!, cx.at, async !== 0, cx.task);
}

/** It is done. */
export function exitCall(cx: Instance): void {
  endSync(cx);
}

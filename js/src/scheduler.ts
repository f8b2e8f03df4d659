import { because } from './errors.js';
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
  start(
    label: string,
    task: Call,
    core: (...params: never[]) => unknown,
    params: () => unknown[],
    done: (...results: unknown[]) => void,
  ): void;
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
export function stateOf(inst: Instance): State {
  return (inst.root.state ??= { pending: new Set(), reason: undefined, prepared: undefined, stacks: undefined });
}

/** The gate of an instance. */
export function gateOf(inst: Instance): Gate {
  return (inst.gate ??= { backpressure: 0, held: false, queue: [], inside: [] });
}

export const now = Promise.resolve();

/** Does something as soon as nothing runs. Node's `queueMicrotask` does the same, and is several times slower. */
export function microtask(work: () => void): void {
  void now.then(work);
}

/** A call into an instance. */
export class Call implements Scope {
  borrows = 0;
  readonly lent: Lendable[] = [];
  readonly parent: Scope | undefined;
  readonly inst: Instance;
  readonly label: string;
  /** What `context.get` and `context.set` are about. */
  readonly context = [0, 0];
  /** Whether it may wait: the function is `async` in WIT. */
  readonly mayBlock: boolean;
  /** Whether nobody else may run in its instance while its stack is suspended. */
  exclusive = true;
  private cancel: 'no' | 'pending' | 'told' = 'no';

  constructor(inst: Instance, label: string, mayBlock: boolean, parent?: Scope) {
    this.inst = inst;
    this.label = label;
    this.mayBlock = mayBlock;
    this.parent = parent;
  }

  /** Somebody wants it to end. */
  askToCancel(): void {
    if (this.cancel === 'no') this.cancel = 'pending';
  }

  /** Whether it must be told so, which happens once. */
  takeCancel(): boolean {
    if (this.cancel !== 'pending') return false;
    this.cancel = 'told';
    return true;
  }

  /** Whether it knows. */
  get knowsCancel(): boolean {
    return this.cancel === 'told';
  }

  /** It gives back what it was lent. */
  giveBack(): void {
    if (this.borrows > 0) this.inst.root.trap('borrow handles still remain at the end of the call');
    for (const lent of this.lent.splice(0)) lent.lends--;
  }
}

/** The call that is at work. */
export function currentTask(inst: Instance): Call | undefined {
  const { task } = inst.root;
  return task instanceof Call ? task : undefined;
}

/** What suspends the stack that is at work, which has to wait. */
export function starterOf(cx: Instance, what: string): Starter {
  if (currentTask(cx)?.mayBlock !== true) {
    return cx.trap(`${what} would have to wait: a synchronous task cannot block before it returns`);
  }
  return stateOf(cx).stacks ?? cx.trap(`${what} would have to wait, and no stack can be suspended here`);
}

/** Does something inside a component, in the name of a call, from wherever we are. */
export function inside<T>(cx: Instance, label: string, task: Scope | undefined, work: () => T): T {
  const { at, task: before } = cx;
  cx.at = label;
  cx.task = task;
  const value = work();
  cx.at = at;
  cx.task = before;
  return value;
}

/**
 * Does something inside a component that came up by itself: at once, or as soon as nothing runs. What goes wrong ends all
 * that the component has to do.
 */
export function later(cx: Instance, work: () => void): void {
  if (cx.at === '') alone(cx, work);
  else microtask(() => alone(cx, work));
}

/** The same, from a stack on which there is nothing of a component. */
function alone(cx: Instance, work: () => void): void {
  if (cx.at !== '') {
    fail(cx, trapped(cx));
    return;
  }
  try {
    work();
  } catch (e) {
    fail(cx, e);
  }
}

/** Why nothing goes on in a component. */
export function trapped(cx: Instance): Error {
  const error = new WebAssembly.RuntimeError(`the component has trapped in ${cx.at}`);
  return because(error, cx.state?.reason);
}

/** The component is broken: all that wait for it are told. */
export function fail(cx: Instance, reason: unknown, what = 'a task'): void {
  if (cx.at === '') cx.at = what;
  const state = stateOf(cx);
  const { pending } = state;
  state.reason ??= reason;
  const all = [...pending];
  pending.clear();
  for (const tell of all) tell(reason);
}

/** A promise that is broken when the component is. */
export function promised<T>(
  cx: Instance,
  start: (resolve: (value: T) => void, reject: (reason: unknown) => void) => void,
): Promise<T> {
  const { pending } = stateOf(cx);
  return new Promise((resolve, reject) => {
    const broken = (reason: unknown) => {
      pending.delete(broken);
      reject(reason);
    };
    pending.add(broken);
    start((value) => {
      pending.delete(broken);
      resolve(value);
    }, broken);
  });
}

/** Goes on in an instance, unless a suspended stack keeps others out; then when that has ended. */
export function whenFree(inst: Instance, work: () => void): void {
  if (inst.gate?.held === true) inst.gate.inside.push(work);
  else work();
}

/** A stack has ended: others may run in its instance. */
export function release(inst: Instance): void {
  const gate = gateOf(inst);
  for (const work of gate.inside.splice(0)) microtask(() => later(inst.root, () => whenFree(inst, work)));
  openGate(inst);
}

/** Lets the next in, if nobody keeps it out. */
export function openGate(inst: Instance): void {
  const gate = gateOf(inst);
  if (gate.backpressure > 0 || gate.held || gate.queue.length === 0) return;
  microtask(() =>
    later(inst.root, () => {
      if (gate.backpressure > 0 || gate.held) return;
      const start = gate.queue.shift();
      openGate(inst);
      start?.();
    }),
  );
}

/** Does something when all that is ready has had its turn: promises, timers, the network. */
export function soon(work: () => void): void {
  if (globalThis.setImmediate !== undefined) {
    globalThis.setImmediate(work);
    return;
  }
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    work();
  };
  port2.postMessage(0);
}

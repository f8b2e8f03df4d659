import type { Instance } from './instance.js';
import { payloadOf } from './errors.js';
import type { Lendable, Scope } from './resources.js';
import { type Call as Scheduled, currentTask, fail, gateOf, inside, later, starterOf, stateOf } from './scheduler.js';
import { tableOf } from './table.js';
import { type Callback, enterGate, Task } from './tasks.js';
import type { Call, Untouched } from './types.js';
import { type Event, SUBTASK, Waitable } from './waitables.js';

export const STARTING = 0;
export const STARTED = 1;
export const RETURNED = 2;
export const CANCELLED_BEFORE_STARTED = 3;
export const CANCELLED_BEFORE_RETURNED = 4;

export const BLOCKED = -1;

/** A call that a component made. */
export class Subtask extends Waitable {
  state = STARTING;
  /** What it was lent, until the caller knows that it has ended. */
  lent: Lendable[] = [];
  /** Whether the caller knows. */
  delivered = false;
  cancelRequested = false;
  /** Asks whoever is called to end. */
  cancel: () => void = () => undefined;
  /** Told of the end, while a suspended stack waits for it. */
  onResolved: (() => void) | undefined = undefined;

  get resolved(): boolean {
    return this.state >= RETURNED;
  }

  /** It got on. */
  advance(state: number): void {
    this.state = state;
    if (this.index !== 0) this.notify(() => this.event());
    if (this.resolved) this.onResolved?.();
  }

  private event(): Event {
    if (this.resolved) this.deliver();
    return [SUBTASK, this.index, this.state];
  }

  /** The caller knows that it has ended. */
  deliver(): void {
    this.delivered = true;
    for (const lent of this.lent.splice(0)) lent.lends--;
  }
}

/** A call of a host's function: it learns late, or never, that it was cancelled. */
export class HostCall implements Call {
  private controller: AbortController | undefined = undefined;

  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    return this.controller.signal;
  }

  abort(): void {
    this.controller?.abort();
  }
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as PromiseLike<unknown>).then === 'function';
}

/** Makes a result of what a function returned or threw. */
export function outcome(fallible: boolean, value: unknown): unknown {
  return fallible ? { tag: 'ok', val: value } : value;
}

/** Calls a host's function with the async ABI. */
export function lowerAsync(
  inst: Instance,
  label: string,
  call: (call: Call) => unknown,
  store: (result: unknown) => void,
  fallible = false,
): number {
  const cx = inst.root;
  const { task } = cx;
  const at = cx.call(label, inst);
  const lent: Lendable[] = [];
  cx.lending = lent;
  const given: Untouched[] = [];
  cx.giving = given;
  const host = new HostCall();
  let value: unknown;
  try {
    value = call(host);
  } catch (e) {
    if (!fallible) throw e;
    value = new Failed(payloadOf(e));
  }
  cx.lending = cx.giving = undefined;
  if (!isThenable(value)) {
    store(value instanceof Failed ? { tag: 'err', val: value.payload } : outcome(fallible, value));
    for (const one of lent) one.lends--;
    cx.back(at);
    return RETURNED;
  }
  const subtask = new Subtask();
  subtask.state = STARTED;
  subtask.lent = lent;
  subtask.index = tableOf(inst).add(subtask, cx);
  subtask.cancel = () => {
    host.abort();
    subtask.advance(CANCELLED_BEFORE_RETURNED);
  };
  cx.back(at);
  const finish = (result: unknown) => {
    later(cx, () => {
      if (subtask.resolved) return;
      inside(cx, label, task, () => {
        cx.depth++;
        store(result);
        cx.depth--;
      });
      subtask.advance(RETURNED);
    });
  };
  value.then(
    (value) => finish(outcome(fallible, value)),
    (e: unknown) => {
      if (subtask.resolved) {
        // It was cancelled. What it was given is gone: nobody else knows of that.
        for (const one of given) one.abandon();
        return;
      }
      try {
        if (!fallible) throw e;
        finish({ tag: 'err', val: payloadOf(e) });
      } catch (e) {
        fail(cx, e);
      }
    },
  );
  return STARTED | (subtask.index << 4);
}

/** What a function threw. */
class Failed {
  readonly payload: unknown;
  constructor(payload: unknown) {
    this.payload = payload;
  }
}

function subtaskAt(inst: Instance, index: number): Subtask {
  const subtask = tableOf(inst).get(index);
  return subtask instanceof Subtask ? subtask : inst.root.trap(`handle index ${index >>> 0} is not a subtask`);
}

/** `subtask.drop`. */
export function subtaskDrop(inst: Instance, index: number): void {
  if (inst.locked) inst.root.stuck('subtask.drop');
  const subtask = subtaskAt(inst, index);
  if (!subtask.delivered) inst.root.trap('cannot drop a subtask that has not ended');
  subtask.join(undefined);
  tableOf(inst).remove(index);
}

/** `subtask.cancel`. */
export function subtaskCancel(inst: Instance, async: boolean, index: number): unknown {
  const cx = inst.root;
  if (inst.locked) cx.stuck('subtask.cancel');
  const subtask = subtaskAt(inst, index);
  if (subtask.delivered) cx.trap('cannot cancel a subtask that has ended');
  if (subtask.cancelRequested) cx.trap('the subtask is being cancelled already');
  if (subtask.joined && !async) cx.trap('cannot cancel a subtask synchronously while it is in a waitable set');
  subtask.cancelRequested = true;
  if (!subtask.resolved) subtask.cancel();
  const end = () => {
    if (subtask.hasEvent) subtask.take();
    else subtask.deliver();
    return subtask.state;
  };
  if (subtask.resolved) return end();
  if (async) return BLOCKED;
  if (currentTask(cx)?.mayBlock === true && stateOf(cx).stacks?.can !== true) {
    // No stack can be suspended here: whoever is called goes on alone, as a function of the host would.
    subtask.advance(CANCELLED_BEFORE_RETURNED);
    return end();
  }
  return starterOf(cx, 'subtask.cancel').until('subtask.cancel', subtask, () => subtask.resolved, end);
}

/** A call between inner components that an adapter has prepared. */
interface Prepared {
  readonly start: (...params: unknown[]) => unknown;
  readonly finish: (...results: unknown[]) => unknown;
  readonly caller: Instance;
  readonly callee: Instance;
  readonly number: number;
  readonly mayBlock: boolean;
  readonly params: unknown[];
  /** Where the result goes, if it goes through memory. */
  readonly to: unknown[];
}

/** How the number of results says that the caller uses the async ABI: with a result, and without. */
const WITH_RESULT = -2;
const NO_RESULT = -1;

/** An adapter prepares a call. */
export function prepareCall(
  instances: Instance[],
  start: Prepared['start'],
  finish: Prepared['finish'],
  caller: number,
  callee: number,
  number: number,
  async: number,
  _encoding: number,
  count: number,
  ...params: unknown[]
): void {
  const from = instances[caller]!;
  if (count !== WITH_RESULT && count !== NO_RESULT && async !== 0 && currentTask(from)?.mayBlock !== true) {
    from.root.trap('a synchronous task cannot block before it returns: it calls an asynchronous function');
  }
  const heap = count === WITH_RESULT || count > 1;
  stateOf(from).prepared = {
    start,
    finish,
    caller: from,
    callee: instances[callee]!,
    number,
    mayBlock: async !== 0,
    params: count === WITH_RESULT ? params.slice(0, -1) : params,
    to: heap ? params.slice(-1) : [],
  } satisfies Prepared;
}

/** One value, several, or none. */
function values(result: unknown): unknown[] {
  if (result === undefined) return [];
  return Array.isArray(result) ? result : [result];
}

/** A call between inner components. */
export interface Started {
  readonly task: Task;
  readonly subtask: Subtask;
  /** What the caller gets, when it has. */
  result: unknown;
}

/** Goes on with a prepared call. */
export function startCall(
  cx: Instance,
  callback: Callback | undefined,
  postReturn: ((...results: unknown[]) => void) | undefined,
  callee: (...params: unknown[]) => unknown,
  asyncCallee: boolean,
): Started {
  const prepared = stateOf(cx).prepared as Prepared;
  stateOf(cx).prepared = undefined;
  const { task: caller, at } = cx;
  const subtask = new Subtask();
  const finish = (results: unknown[]) => {
    if (subtask.resolved) return;
    started.result = inside(cx, at, caller, () => prepared.finish(...results, ...prepared.to));
    subtask.advance(RETURNED);
  };
  const cancelled = () => {
    if (!subtask.resolved) subtask.advance(CANCELLED_BEFORE_RETURNED);
  };
  const { number, mayBlock } = prepared;
  const task = new Task(prepared.callee, at, callback, finish, cancelled, asyncCallee ? number : undefined, mayBlock);
  const started: Started = { task, subtask, result: undefined };
  task.exclusive = !asyncCallee || callback !== undefined;
  const params = () => {
    const params = values(prepared.start(...prepared.params));
    if (subtask.index !== 0) subtask.advance(STARTED);
    else subtask.state = STARTED;
    return params;
  };
  const ended = (...results: unknown[]) => {
    if (asyncCallee) return task.next(callback === undefined ? 0 : (results[0] as number));
    task.return(results, () => undefined);
    postReturn?.(...results);
  };
  const start = () => {
    const { stacks } = stateOf(cx);
    if (stacks?.has(callee) === true) stacks.start(at, task, callee, params, ended);
    else inside(cx, at, task, () => ended(...values(callee(...params()))));
  };
  // Nobody keeps out what may not block.
  if (mayBlock) enterGate(prepared.callee, start, task.exclusive);
  else start();
  subtask.cancel = () => {
    const { queue } = gateOf(prepared.callee);
    const index = queue.indexOf(start);
    if (index >= 0) {
      queue.splice(index, 1);
      subtask.advance(CANCELLED_BEFORE_STARTED);
    } else {
      task.requestCancel();
    }
  };
  return started;
}

/** Goes on with the prepared call of a caller that has the async ABI. */
export function asyncStartCall(
  cx: Instance,
  callback: Callback | undefined,
  postReturn: ((...results: unknown[]) => void) | undefined,
  callee: (...params: unknown[]) => unknown,
  _params: number,
  _results: number,
  flags: number,
): number {
  const { caller } = stateOf(cx).prepared as Prepared;
  if (caller.locked) cx.stuck('a function of another component');
  const { subtask } = startCall(cx, callback, postReturn, callee, (flags & 1) !== 0);
  if (subtask.resolved) {
    subtask.deliver();
    return subtask.state;
  }
  subtask.index = tableOf(caller).add(subtask, cx);
  return subtask.state | (subtask.index << 4);
}

export type { Scheduled, Scope };

import { payloadOf } from './errors.js';
import type { Instance } from './instance.js';
import type { Memory } from './memory.js';
import { currentTask, fail, later, microtask, promised, soon } from './scheduler.js';
import { Watch } from './signals.js';
import { type Core, dying, maySuspend, Stacks } from './stacks.js';
import { HostCall, isThenable, outcome, startCall } from './subtasks.js';
import { type Callback, cancel, enterGate, Task } from './tasks.js';
import type { Call, CallOptions } from './types.js';
import { CANCELLED, type Event, setAt, storeEvent } from './waitables.js';

/** A function that adapters start may have to wait. */
export function mayBeSuspended(cx: Instance, core: Core, letters: string): void {
  Stacks.of(cx).add(core, letters);
}

/** Calls a host's asynchronous function, and waits for it. */
export function lowerBlocking(
  inst: Instance,
  label: string,
  fallible: boolean,
  call: (...params: never[]) => unknown,
  letters: string,
  store: (result: unknown, ...core: never[]) => unknown,
): Core {
  const lowered = (...core: never[]) => {
    const cx = inst.root;
    const at = cx.call(label, inst);
    const finish = (result: unknown) => {
      const value = store(result, ...core);
      cx.back(at);
      return value;
    };
    const failed = (e: unknown) => {
      if (!fallible) throw e;
      return finish({ tag: 'err', val: payloadOf(e) });
    };
    let value: unknown;
    try {
      value = call(...core, new HostCall() as Call as never);
    } catch (e) {
      return failed(e);
    }
    if (!isThenable(value)) return finish(outcome(fallible, value));
    return Stacks.of(cx).wait(label, value, (value) => finish(outcome(fallible, value)), failed);
  };
  return maySuspend(lowered, letters);
}

/** `waitable-set.wait`. */
export function waitableSetWait(
  inst: Instance,
  m: Memory,
  cancellable: boolean,
  index: number,
  ptr: number,
): unknown {
  const cx = inst.root;
  if (inst.locked) cx.stuck('waitable-set.wait');
  const set = setAt(inst, index);
  const task = currentTask(inst);
  if (cancellable && task?.takeCancel() === true) return storeEvent(m, ptr, CANCELLED);
  const event = set.poll();
  if (event !== undefined) return storeEvent(m, ptr, event);
  const next = new Promise<Event>((resolve) => {
    const leave = (event: Event) => {
      set.leave(waiter);
      if (task instanceof Task) task.interrupt = undefined;
      resolve(event);
    };
    const attempt = () => {
      if (!set.waiters.includes(waiter)) return;
      const event = set.poll();
      if (event === undefined) return;
      leave(event);
      if (set.hasEvent) set.waiters[0]?.wake();
    };
    const waiter = { wake: () => microtask(() => later(cx, attempt)) };
    set.waiters.push(waiter);
    if (cancellable && task instanceof Task) task.interrupt = () => leave(CANCELLED);
  });
  return Stacks.of(cx).wait('waitable-set.wait', next, (event) => storeEvent(m, ptr, event));
}

/** `thread.yield`, where the stack may be suspended: others run. */
export function threadYieldStack(inst: Instance, cancellable: boolean): unknown {
  const cx = inst.root;
  if (inst.locked) cx.stuck('thread.yield');
  const task = currentTask(inst);
  if (cancellable && task?.takeCancel() === true) return 1;
  const stacks = Stacks.of(cx);
  if (!stacks.can) return 0;
  const next = new Promise<number>((resolve) => {
    if (cancellable && task instanceof Task) task.interrupt = () => resolve(1);
    soon(() => resolve(0));
  });
  return stacks.wait('thread.yield', next, (cancelled) => {
    if (task instanceof Task) task.interrupt = undefined;
    return cancelled;
  });
}

/** Goes on with the prepared call of a caller without the async ABI, which waits for the result. */
export function syncStartCall(
  cx: Instance,
  callback: Callback | undefined,
  callee: (...params: unknown[]) => unknown,
): unknown {
  const started = startCall(cx, callback, undefined, callee, true);
  if (started.subtask.resolved) return started.result;
  const done = new Promise<void>((resolve) => {
    started.subtask.onResolved = resolve;
  });
  return Stacks.of(cx).wait('the call of an asynchronous function', done, () => started.result);
}

/** Calls an export whose stack may be suspended. `letters` says the type of its core function. */
export function startSuspending(
  inst: Instance,
  label: string,
  options: CallOptions | undefined,
  callback: Callback | undefined,
  core: Core,
  letters: string,
  params: () => unknown[],
  lift?: (ret: never) => unknown,
): Promise<unknown> {
  const cx = inst.root;
  const signal = options?.signal;
  if (signal?.aborted === true) return Promise.reject(signal.reason as Error);
  if (cx.at !== '') return Promise.reject(cx.refusal(label));
  const watch = signal && new Watch(signal);
  return promised(cx, (resolve, reject) => {
    const returned = (_: unknown[], value: () => unknown) => {
      watch?.end();
      resolve(value());
    };
    const task = new Task(inst, label, callback, returned, () => reject(signal?.reason));
    // A stack that needs nobody to call it back shares its instance with others.
    task.exclusive = callback !== undefined || lift !== undefined;
    const stacks = Stacks.of(cx);
    stacks.add(core, letters);
    if (callback !== undefined) stacks.add(callback, 'iii:i');
    const done = (ret?: unknown) => {
      if (lift === undefined) return task.next(callback === undefined ? 0 : (ret as number));
      const value = lift(ret as never);
      task.return([], () => value);
    };
    const start = () => {
      try {
        stacks.start(label, task, core, params, done);
      } catch (e) {
        if (dying(e)) return;
        watch?.end();
        reject(e);
        if (cx.at !== '') fail(cx, e);
      }
    };
    enterGate(inst, start, task.exclusive);
    watch?.begin(reject, () => cancel(task, start));
  });
}

export { maySuspend };

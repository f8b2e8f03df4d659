import { payloadOf } from './errors.js';
import type { Instance } from './instance.js';
import type { Memory } from './memory.js';
import { currentTask, fail, gateOf, promised, stateOf, microtask } from './scheduler.js';
import { HostCall, isThenable, outcome, startCall } from './subtasks.js';
import { type Callback, enterGate, openGate, Task } from './tasks.js';
import type { Call, CallOptions } from './types.js';
import { CANCELLED, type Event, setAt, storeEvent } from './waitables.js';

type Core = (...params: never[]) => unknown;

/** The part of WebAssembly that suspends stacks, where it is there. */
const jspi = WebAssembly as unknown as {
  Suspending?: new (f: Core) => Core;
  promising?: (f: Core) => (...params: unknown[]) => Promise<unknown>;
};

/** A function that may suspend the stack that calls it. */
function suspending<F extends Core>(f: F): F {
  return jspi.Suspending === undefined ? f : (new jspi.Suspending(f) as F);
}

/** Waits with the stack suspended: meanwhile others may enter. */
function wait<T>(cx: Instance, what: string, promise: PromiseLike<T>): Promise<T> {
  if (jspi.Suspending === undefined) {
    cx.trap(`${what} has to wait, and this engine cannot suspend WebAssembly (it has no JSPI)`);
  }
  const task = currentTask(cx);
  const { at, depth } = cx;
  const state = stateOf(cx);
  const gate = task === undefined ? undefined : gateOf(task.inst);
  cx.at = '';
  cx.task = undefined;
  cx.depth = 0;
  if (gate !== undefined) gate.held = true;
  state.resuming = false;
  const resume = () => {
    cx.at = at;
    cx.task = task;
    cx.depth = depth;
    if (gate !== undefined) gate.held = false;
    state.resuming = true;
  };
  const attempt = <R>(then: () => R): R | Promise<R> => {
    if (cx.at !== '') return new Promise<void>((next) => microtask(next)).then(() => attempt(then));
    resume();
    return then();
  };
  return Promise.resolve(promise).then(
    (value) => attempt(() => value),
    (e: unknown) =>
      attempt<T>(() => {
        throw e;
      }),
  );
}

/** Calls a host's asynchronous function, and waits for it. */
export function lowerBlocking(
  inst: Instance,
  label: string,
  fallible: boolean,
  call: (...params: never[]) => unknown,
  store: (result: unknown, ...core: never[]) => unknown,
): Core {
  return suspending((...core: never[]) => {
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
    return wait(cx, label, value).then((value) => finish(outcome(fallible, value)), failed);
  });
}

/** `waitable-set.wait`. */
export const waitableSetWait = suspendingBuiltIn(
  (inst: Instance, m: Memory, cancellable: boolean, index: number, ptr: number) => {
    const cx = inst.root;
    if (inst.locked) cx.stuck('waitable-set.wait');
    const set = setAt(inst, index);
    const task = currentTask(inst);
    if (cancellable && task?.takeCancel() === true) return storeEvent(m, ptr, CANCELLED);
    const event = set.poll();
    if (event !== undefined) return storeEvent(m, ptr, event);
    if (task?.mayBlock === false) cx.trap('a synchronous call cannot wait');
    const next = new Promise<Event>((resolve) => {
      const wake = () => {
        const event = set.poll();
        if (event === undefined) return;
        set.waiters.splice(set.waiters.indexOf(wake), 1);
        resolve(event);
      };
      set.waiters.push(wake);
    });
    return wait(cx, 'waitable-set.wait', next).then((event) => storeEvent(m, ptr, event));
  },
);

/** Built-ins are called by functions that the package makes, which hand on what they return. */
function suspendingBuiltIn<F>(f: F): F {
  return f;
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
    const advance = started.subtask.advance.bind(started.subtask);
    started.subtask.advance = (state) => {
      advance(state);
      if (started.subtask.resolved) resolve();
    };
  });
  return wait(cx, 'the call of an asynchronous function', done).then(() => started.result);
}

/** Makes a function of the package one that may suspend. */
export function maySuspend<F extends Core>(f: F): F {
  return suspending(f);
}

/** Calls an export whose stack may be suspended. */
export function startSuspending(
  inst: Instance,
  label: string,
  options: CallOptions | undefined,
  callback: Callback | undefined,
  call: () => [Core, ...unknown[]],
  lift?: (ret: never) => unknown,
): Promise<unknown> {
  const cx = inst.root;
  const signal = options?.signal;
  signal?.throwIfAborted();
  if (cx.at !== '' && !stateOf(cx).resuming) cx.refuse(label);
  return promised(cx, (resolve, reject) => {
    const task = new Task(inst, label, suspendable(callback), (_, value) => resolve(value()), () => reject(signal?.reason));
    const finish = (ret: unknown) => {
      stateOf(cx).resuming = false;
      if (lift !== undefined) {
        const value = lift(ret as never);
        task.return([], () => value);
      }
      cx.at = '';
      cx.task = undefined;
      openGate(inst);
      if (lift === undefined && callback !== undefined) task.next(ret as number);
    };
    const start = () => {
      const broken = (e: unknown) => {
        reject(e);
        if (cx.at !== '') fail(cx, e);
      };
      try {
        cx.enter(label);
        cx.task = task;
        const [core, ...params] = call();
        const promising = jspi.promising?.(core) ?? core;
        const ret = (promising as (...params: unknown[]) => unknown)(...params);
        // The stack runs until it is suspended or done; `then` comes later, when others may have run.
        if (isThenable(ret)) {
          ret.then((ret) => {
            try {
              if (cx.at === '') {
                cx.at = label;
                cx.task = task;
              }
              finish(ret);
            } catch (e) {
              broken(e);
            }
          }, broken);
          if (cx.task === task) leave(cx, task, label);
        } else {
          finish(ret);
        }
      } catch (e) {
        broken(e);
      }
    };
    enterGate(inst, start);
    signal?.addEventListener('abort', () => {
      reject(signal.reason);
      if (!task.resolved) task.requestCancel();
    });
  });
}

/** The first part of a call ran to its end: what is left comes in a microtask, and nobody may enter before. */
function leave(cx: Instance, _task: Task, _label: string): void {
  stateOf(cx).resuming = true;
}

function suspendable(callback: Callback | undefined): Callback | undefined {
  return callback;
}

import type { Instance } from './instance.js';
import { type Call, currentTask, fail, gateOf, release, type Starter, stateOf, trapped } from './scheduler.js';
import type { Waitable } from './waitables.js';

/** A function of a core module. */
export type Core = (...params: never[]) => unknown;

/** The part of WebAssembly that suspends stacks, where it is there. */
export const jspi = WebAssembly as unknown as {
  Suspending?: new (f: Core) => Core;
  promising?: (f: Core) => (...params: unknown[]) => Promise<unknown>;
};

/** A WebAssembly stack that may be suspended. */
class Stack {
  readonly task: Call;
  readonly done: (...results: unknown[]) => void;
  /** Whether it has gone on after it was suspended: then nothing is below it. */
  resumed = false;
  suspended = false;
  ended = false;

  constructor(task: Call, done: (...results: unknown[]) => void) {
    this.task = task;
    this.done = done;
  }
}

/** A call on another stack has trapped. Why is said by whoever called it, a moment later. */
class Dying extends WebAssembly.RuntimeError {}

/** Whether the reason of a failure is still to come. */
export function dying(e: unknown): boolean {
  return e instanceof Dying;
}

const TYPES: Record<string, number> = { i: 0x7f, j: 0x7e, f: 0x7d, d: 0x7c, r: 0x70, x: 0x6f };

/** The types that letters stand for: `ii:i`. */
function typesOf(letters: string): [params: number[], results: number[]] {
  const [params, results] = letters.split(':').map((list) => [...list].map((letter) => TYPES[letter]!));
  return [params!, results!];
}

/** An instance of a module with one function, `r`, that calls its imports, which are `a`, `b` and so on. */
function glue(
  types: [params: number[], results: number[]][],
  imports: [type: number, f: Core][],
  locals: number[],
  code: number[],
): Core {
  const vector = (...items: number[][]) => [items.length, ...items.flat()];
  const section = (id: number, bytes: number[]) => [id, bytes.length, ...bytes];
  const type = ([params, results]: [number[], number[]]) => [0x60, params.length, ...params, results.length, ...results];
  const body = [...vector(...locals.map((local) => [1, local])), ...code, 0x0b];
  const bytes = Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector(...types.map(type))),
    ...section(2, vector(...imports.map(([type], i) => [0, 1, 0x61 + i, 0, type]))),
    ...section(3, vector([0])),
    ...section(7, vector([1, 0x72, 0, imports.length])),
    ...section(10, vector([body.length, ...body])),
  ]);
  const given = Object.fromEntries(imports.map(([, f], i) => [String.fromCharCode(0x61 + i), f]));
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), { '': given }).exports.r as Core;
}

const CALL = 0x10;
const GET = 0x20;
const TEE = 0x22;

const each = (params: number[]) => params.flatMap((_, i) => [GET, i]);

/** A function that calls another, and then `done` with the results: before its stack is left. */
function ending(f: Core, letters: string, done: Core): Core {
  const [params, results] = typesOf(letters);
  const types: [number[], number[]][] = [[params, []], [params, results], [results, []]];
  return glue(types, [[1, f], [2, done]], [], [...each(params), CALL, 0, CALL, 1]);
}

/** What a function that has to wait returns: until when, and what is done where the stack goes on. */
class Waiting {
  readonly promise: PromiseLike<unknown>;
  readonly resume: () => unknown;

  constructor(promise: PromiseLike<unknown>, resume: () => unknown) {
    this.promise = promise;
    this.resume = resume;
  }
}

const waiting = new Map<number, Waiting>();
let number = 0;

/**
 * Makes a function of the package one that may suspend the stack that calls it. An engine suspends at each call of what may,
 * so a function of WebAssembly asks first whether it has to. What comes after the wait is done before anybody else can run.
 */
export function maySuspend(f: Core, letters: string): Core {
  const { Suspending } = jspi;
  if (Suspending === undefined) return f;
  const [params, results] = typesOf(letters);
  let value: unknown;
  const attempt = (...args: unknown[]): number => {
    value = (f as (...args: unknown[]) => unknown)(...args);
    if (!(value instanceof Waiting)) return 0;
    number = (number % 0x7fffffff) + 1;
    waiting.set(number, value);
    return number;
  };
  const suspend = new Suspending((id: number) => waiting.get(id)!.promise);
  const resume = (id: number): unknown => {
    const { resume } = waiting.get(id)!;
    waiting.delete(id);
    return resume();
  };
  const types: [number[], number[]][] = [
    [params, results],
    [params, [0x7f]],
    [[0x7f], []],
    [[0x7f], results],
    [[], results],
  ];
  const imports: [number, Core][] = [[1, attempt], [2, suspend], [3, resume], [4, () => value]];
  const id = params.length;
  const code = [
    ...[...each(params), CALL, 0, TEE, id, 0x04, results[0] ?? 0x40],
    ...[GET, id, CALL, 1, GET, id, CALL, 2, 0x05, CALL, 3, 0x0b],
  ];
  return glue(types, imports, [0x7f], code);
}

function list(result: unknown): unknown[] {
  if (result === undefined) return [];
  return Array.isArray(result) ? result : [result];
}

/** Functions that run on stacks of their own, and what goes on with these. */
export class Stacks implements Starter {
  private readonly cx: Instance;
  private readonly functions = new WeakMap<Core, (...params: unknown[]) => Promise<unknown>>();
  private readonly known = new WeakSet<Core>();
  private stack: Stack | undefined = undefined;

  constructor(cx: Instance) {
    this.cx = cx;
  }

  /** The stacks of a component. */
  static of(cx: Instance): Stacks {
    const state = stateOf(cx);
    return (state.stacks ??= new Stacks(cx)) as Stacks;
  }

  /** A function may have to wait. */
  add(core: Core, letters: string): void {
    if (this.known.has(core)) return;
    this.known.add(core);
    if (jspi.promising === undefined) return;
    const done = (...results: unknown[]) => this.end(results);
    this.functions.set(core, jspi.promising(ending(core, letters, done)));
  }

  has(core: Core): boolean {
    return this.known.has(core);
  }

  start(label: string, task: Call, core: Core, params: () => unknown[], done: (...results: unknown[]) => void): void {
    const { cx, stack: outer } = this;
    const { at, task: before, depth } = cx;
    cx.at = label;
    cx.task = task;
    const values = params();
    const promising = this.functions.get(core);
    if (promising === undefined) {
      done(...list((core as (...params: unknown[]) => unknown)(...values)));
    } else {
      const stack = (this.stack = new Stack(task, done));
      promising(...values).catch((e: unknown) => fail(cx, e));
      if (!stack.ended && !stack.suspended) throw new Dying(`${label}: what it called has trapped`);
    }
    cx.at = at;
    cx.task = before;
    cx.depth = depth;
    this.stack = outer;
  }

  /** The function of a stack has returned. */
  private end(results: unknown[]): void {
    const stack = this.stack!;
    stack.done(...results);
    stack.ended = true;
    if (stack.resumed) this.leave();
    release(stack.task.inst);
  }

  /** Nothing runs now. */
  private leave(): void {
    const { cx } = this;
    cx.at = '';
    cx.task = undefined;
    cx.depth = 0;
    this.stack = undefined;
  }

  /** Whether the call that is at work could wait here. */
  get can(): boolean {
    return this.stack !== undefined && currentTask(this.cx)?.mayBlock === true;
  }

  /**
   * Waits with the stack suspended: meanwhile others may enter. What a promise gives, or breaks with, is looked at where the
   * stack goes on.
   */
  wait<T>(
    what: string,
    promise: PromiseLike<T>,
    then: (value: T) => unknown,
    failed: (reason: unknown) => unknown = (reason) => {
      throw reason;
    },
  ): Waiting {
    const { cx, stack } = this;
    const task = currentTask(cx);
    if (task?.mayBlock !== true) {
      return cx.trap(`${what} would have to wait: a synchronous task cannot block before it returns`);
    }
    if (stack === undefined || jspi.Suspending === undefined) {
      return cx.trap(
        jspi.Suspending === undefined
          ? `${what} has to wait, and this engine cannot suspend WebAssembly (it has no JSPI)`
          : `${what} has to wait, and the stack that calls it cannot be suspended`,
      );
    }
    const { at, depth } = cx;
    const gate = gateOf(task.inst);
    stack.suspended = true;
    if (task.exclusive) gate.held = true;
    if (stack.resumed) this.leave();
    const resume = () => {
      if (cx.at !== '') throw trapped(cx);
      cx.at = at;
      cx.task = task;
      cx.depth = depth;
      this.stack = stack;
      stack.resumed = true;
      if (task.exclusive) gate.held = false;
    };
    let end = () => failed(undefined);
    const settled = promise.then(
      (value) => {
        end = () => then(value);
      },
      (e: unknown) => {
        end = () => failed(e);
      },
    );
    return new Waiting(settled, () => {
      resume();
      return end();
    });
  }

  /** Waits until a waitable, which is in no set, is ready. */
  until(what: string, waitable: Waitable, ready: () => boolean, then: () => number): unknown {
    const told = new Promise<void>((resolve) => {
      waitable.onEvent = () => {
        if (ready()) resolve();
      };
    });
    return this.wait(what, told, () => {
      waitable.onEvent = undefined;
      return then();
    });
  }
}

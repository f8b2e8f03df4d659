import { type Elements, HostRead, HostWrite } from './copies.js';
import { Shared } from './ends.js';
import { addEnd, takeEnd } from './guest-ends.js';
import type { Instance } from './instance.js';
import type { Memory } from './memory.js';
import { fail, later, promised } from './scheduler.js';
import type { Untouched } from './types.js';

export {
  cancelRead as futureCancelRead,
  cancelWrite as futureCancelWrite,
  dropReadable as futureDropReadable,
  dropWritable as futureDropWritable,
  makeEnds as futureNew,
  readEnd as futureRead,
  transferEnd as transferFuture,
  writeEnd as futureWrite,
} from './guest-ends.js';

/** How the value of a future lies in a memory; whether it is a number. */
export function single(
  m: Memory,
  size: number,
  align: number,
  load: (m: Memory, p: number) => unknown,
  store: (m: Memory, v: unknown, p: number) => void,
  pure = false,
): Elements {
  return { m, size, align, pure, load: (p) => [load(m, p)], store: (p, values) => store(m, values[0], p) };
}

const DISPOSE: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for('dispose');

/** A promise that reads a component's future when somebody asks for the value, and not before. */
class FutureReader<T> extends Promise<T> implements Untouched {
  private start: (() => void) | undefined = undefined;
  private stop: (() => void) | undefined = undefined;

  /** What `then` makes is an ordinary promise. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  static of(read: () => Promise<unknown>, stop: () => void): FutureReader<unknown> {
    let resolve!: (value: unknown) => void;
    let reject!: (reason: unknown) => void;
    const future = new FutureReader<unknown>((yes, no) => {
      resolve = yes;
      reject = no;
    });
    future.start = () => void read().then(resolve, reject);
    future.stop = stop;
    return future;
  }

  override then<A = T, B = never>(
    onValue?: ((value: T) => A | PromiseLike<A>) | null,
    onError?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    const { start } = this;
    this.start = undefined;
    start?.();
    return super.then(onValue, onError);
  }

  abandon(): void {
    if (this.start !== undefined) this[DISPOSE]();
  }

  /** Nobody wants the value any more. */
  [DISPOSE](): void {
    const { stop } = this;
    this.start = this.stop = undefined;
    stop?.();
  }
}

function readFuture(cx: Instance, shared: Shared): Promise<unknown> {
  return promised(cx, (resolve, reject) => {
    const read = new HostRead(shared, 1, (values) => {
      if (values === undefined) reject(new Error(`${shared.label} was dropped before it was written`));
      else resolve(values[0]);
    });
    later(cx, () => read.start());
  });
}

/** A component gives a future. */
export function liftFuture(inst: Instance, type: string, index: number): Promise<unknown> {
  const shared = takeEnd(inst, type, index);
  const future = FutureReader.of(
    () => readFuture(inst.root, shared),
    () => shared.drop(),
  );
  inst.root.giving?.push(future);
  return future;
}

/**
 * What an asynchronous function gives whose result is a future, or may be: the call begins at once, the value is read
 * later. The future comes in an array, so that no promise takes it for its own.
 */
export function laterFuture(call: () => Promise<unknown>): Promise<unknown> {
  const future = (async () => (await call()) as [FutureReader<unknown> | undefined])();
  return FutureReader.of(
    () => future.then(([future]) => future),
    () => void future.then(([future]) => future?.[DISPOSE](), () => undefined),
  );
}

/**
 * A component is given a future. A value that is no promise is one that is there already: what an asynchronous function
 * returns is never a promise.
 */
export function lowerFuture(inst: Instance, type: string, v: unknown): number {
  const cx = inst.root;
  const shared = new Shared(type, cx.at);
  shared.onWant = () => {
    shared.onWant = undefined;
    Promise.resolve(v).then(
      (value) => {
        shared.onDrop = undefined;
        const write = new HostWrite(shared, [value], () => undefined);
        later(cx, () => write.start());
      },
      (e: unknown) => {
        if (!shared.dropped) fail(cx, e, shared.label);
      },
    );
  };
  shared.onDrop = () => (v as { [DISPOSE]?: () => void } | undefined)?.[DISPOSE]?.();
  return addEnd(inst, shared, true);
}

import { DROPPED, type Elements, Shared, Sink, Supply } from './ends.js';
import { addEnd, cancelEnd, copyEnd, dropEnd, makeEnds, takeEnd } from './guest-ends.js';
import type { Instance } from './instance.js';
import { fail, later, promised } from './scheduler.js';

/** `future.new`. */
export const futureNew = makeEnds;

/** `future.read`. */
export function futureRead(
  inst: Instance,
  type: string,
  elements: Elements | undefined,
  async: boolean,
  index: number,
  ptr: number,
): number {
  return copyEnd(inst, type, true, elements, async, index, ptr, 1);
}

/** `future.write`. */
export function futureWrite(
  inst: Instance,
  type: string,
  elements: Elements | undefined,
  async: boolean,
  index: number,
  ptr: number,
): number {
  return copyEnd(inst, type, false, elements, async, index, ptr, 1);
}

/** `future.cancel-read`. */
export function futureCancelRead(inst: Instance, type: string, async: boolean, index: number): number {
  return cancelEnd(inst, type, true, async, index);
}

/** `future.cancel-write`. */
export function futureCancelWrite(inst: Instance, type: string, async: boolean, index: number): number {
  return cancelEnd(inst, type, false, async, index);
}

/** `future.drop-readable`. */
export function futureDropReadable(inst: Instance, type: string, index: number): void {
  dropEnd(inst, type, true, index);
}

/** `future.drop-writable`. */
export function futureDropWritable(inst: Instance, type: string, index: number): void {
  dropEnd(inst, type, false, index);
}

/** A component gives a future. */
export function liftFuture(inst: Instance, type: string, index: number): Promise<unknown> {
  const cx = inst.root;
  const shared = takeEnd(inst, type, index);
  const value = promised<unknown>(cx, (resolve, reject) => {
    const buffer = new Sink(1);
    const read = () =>
      shared.read({
        inst: undefined,
        buffer,
        copied: (takeBack) => {
          takeBack();
          resolve(buffer.take()[0]);
        },
        done: (result) => {
          if (result === DROPPED) reject(new Error(`the ${type} was dropped before it was written`));
          else resolve(buffer.take()[0]);
        },
      });
    // The component is at work, and may not be entered again before it is done.
    queueMicrotask(() => later(cx, read));
  });
  // Nobody has to wait for it.
  value.catch(() => undefined);
  return value;
}

/** A component is given a future. */
export function lowerFuture(inst: Instance, type: string, v: unknown, field?: string): number {
  const cx = inst.root;
  if (typeof (v as PromiseLike<unknown> | undefined)?.then !== 'function') cx.reject(type, v, field);
  const shared = new Shared(type);
  (v as PromiseLike<unknown>).then(
    (value) => {
      const write = () =>
        shared.write({
          inst: undefined,
          buffer: new Supply([value]),
          copied: (takeBack) => takeBack(),
          done: () => undefined,
        });
      later(cx, write);
    },
    (e: unknown) => {
      if (!shared.dropped) fail(cx, e);
    },
  );
  return addEnd(inst, shared, true);
}

/** A future goes from one inner component to another. */
export function transferFuture(
  tables: { readonly inst: Instance; readonly type: string }[],
  index: number,
  from: number,
  to: number,
): number {
  const source = tables[from]!;
  return addEnd(tables[to]!.inst, takeEnd(source.inst, source.type, index), true);
}

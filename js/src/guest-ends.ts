import type { Elements } from './copies.js';
import { End, Shared } from './ends.js';
import { GuestCopy } from './guest-copy.js';
import type { Instance } from './instance.js';
import { starterOf } from './scheduler.js';
import { BLOCKED } from './subtasks.js';
import { tableOf } from './table.js';

/** `stream.new`, `future.new`: both handles in one number. */
export function makeEnds(inst: Instance, type: string): bigint {
  const cx = inst.root;
  if (inst.locked) cx.stuck(`${type} new`);
  const shared = new Shared(type, cx.at);
  const readable = addEnd(inst, shared, true);
  const writable = addEnd(inst, shared, false);
  return BigInt(readable) | (BigInt(writable) << 32n);
}

/** A component gets an end. */
export function addEnd(inst: Instance, shared: Shared, readable: boolean): number {
  const end = new End(shared, readable);
  end.index = tableOf(inst).add(end, inst.root);
  return end.index;
}

/** An end, if the handle is one's. */
export function endAt(inst: Instance, type: string, readable: boolean, index: number): End {
  const end = tableOf(inst).get(index);
  if (!(end instanceof End) || end.readable !== readable || end.shared.type !== type) {
    return inst.root.trap(`handle index ${index >>> 0} is not a ${readable ? 'readable' : 'writable'} end of a ${type}`);
  }
  return end;
}

/** Takes a readable end away from a component. */
export function takeEnd(inst: Instance, type: string, index: number): Shared {
  const end = endAt(inst, type, true, index);
  if (end.state === 'done') inst.root.trap(`cannot give away a ${type} that has ended`);
  if (end.state !== 'idle') inst.root.trap(`cannot give away a ${type} that is being read`);
  if (end.joined) inst.root.trap(`cannot give away a ${type} that is in a waitable set`);
  tableOf(inst).remove(index);
  end.leave();
  return end.shared;
}

/** `stream.read`, `future.read`. */
export function readEnd(
  inst: Instance,
  type: string,
  elements: Elements | undefined,
  async: boolean,
  index: number,
  ptr: number,
  n = 1,
): unknown {
  return copyEnd(inst, type, true, elements, async, index, ptr, n);
}

/** `stream.write`, `future.write`. */
export function writeEnd(
  inst: Instance,
  type: string,
  elements: Elements | undefined,
  async: boolean,
  index: number,
  ptr: number,
  n = 1,
): unknown {
  return copyEnd(inst, type, false, elements, async, index, ptr, n);
}

/** Reads or writes, and says how far that got. */
function copyEnd(
  inst: Instance,
  type: string,
  readable: boolean,
  elements: Elements | undefined,
  async: boolean,
  index: number,
  ptr: number,
  n: number,
): unknown {
  const cx = inst.root;
  if (inst.locked) cx.stuck(`${readable ? 'read' : 'write'} of a ${type}`);
  const end = endAt(inst, type, readable, index);
  if (end.state === 'done') cx.trap(`the ${type} has ended`);
  if (end.state !== 'idle') cx.trap(`the ${type} is being ${readable ? 'read' : 'written'} already`);
  if (end.joined && !async) cx.trap(`cannot wait for a ${type} that is in a waitable set`);
  const mine = new GuestCopy(inst, end, elements, ptr, n);
  end.state = 'copying';
  const result = readable ? end.shared.read(mine) : end.shared.write(mine);
  if (result !== undefined) {
    end.forget();
    return mine.result(result);
  }
  if (async) return BLOCKED;
  return starterOf(cx, `the ${type}`).until(`the ${type}`, end, () => end.hasEvent, () => end.take()[2]);
}

/** `stream.cancel-read`, `future.cancel-read`. */
export function cancelRead(inst: Instance, type: string, async: boolean, index: number): number {
  return cancelEnd(inst, type, true, async, index);
}

/** `stream.cancel-write`, `future.cancel-write`. */
export function cancelWrite(inst: Instance, type: string, async: boolean, index: number): number {
  return cancelEnd(inst, type, false, async, index);
}

/** Stops reading or writing. */
function cancelEnd(inst: Instance, type: string, readable: boolean, async: boolean, index: number): number {
  const cx = inst.root;
  if (inst.locked) cx.stuck(`cancel of a ${type}`);
  const end = endAt(inst, type, readable, index);
  if (end.state !== 'copying') cx.trap(`there is nothing to cancel: the ${type} is not being copied`);
  if (end.joined && !async) cx.trap(`cannot cancel a ${type} that is in a waitable set`);
  end.state = 'cancelling';
  if (!end.hasEvent) end.shared.cancel();
  return end.hasEvent ? end.take()[2] : BLOCKED;
}

/** `stream.drop-readable`, `future.drop-readable`. */
export function dropReadable(inst: Instance, type: string, index: number): void {
  dropEnd(inst, type, true, index);
}

/** `stream.drop-writable`, `future.drop-writable`. */
export function dropWritable(inst: Instance, type: string, index: number): void {
  dropEnd(inst, type, false, index);
}

/** Drops an end. */
function dropEnd(inst: Instance, type: string, readable: boolean, index: number): void {
  const cx = inst.root;
  if (inst.locked) cx.stuck(`drop of a ${type}`);
  const end = endAt(inst, type, readable, index);
  if (end.copying) cx.trap(`cannot drop a ${type} that is being copied`);
  if (end.future && !readable && end.state !== 'done') {
    cx.trap(`cannot drop the writable end of a ${type} before it was written`);
  }
  end.join(undefined);
  tableOf(inst).remove(index);
  end.leave();
  end.shared.drop();
}

/** An instance's ends of one type. */
export interface EndTable {
  readonly inst: Instance;
  readonly type: string;
}

/** A readable end goes from one inner component to another. */
export function transferEnd(tables: readonly EndTable[], index: number, from: number, to: number): number {
  const source = tables[from]!;
  return addEnd(tables[to]!.inst, takeEnd(source.inst, source.type, index), true);
}

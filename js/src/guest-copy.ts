import { CANCELLED, type Chunk, COMPLETED, DROPPED, type Elements, type Party } from './copies.js';
import type { End } from './ends.js';
import type { Instance } from './instance.js';
import { inside } from './scheduler.js';

/** How many elements a component may name. */
const MOST = 2 ** 28 - 1;

/** A component's read or write: a piece of its memory. */
export class GuestCopy implements Party {
  progress = 0;
  readonly inst: Instance;
  readonly elements: Elements | undefined;
  readonly length: number;
  private readonly end: End;
  private readonly ptr: number;

  constructor(inst: Instance, end: End, elements: Elements | undefined, ptr: number, length: number) {
    this.inst = inst;
    this.end = end;
    this.elements = elements;
    this.ptr = ptr >>> 0;
    this.length = length >>> 0;
    const { type } = end.shared;
    if (this.length > MOST) inst.root.trap(`${type}: too many elements`);
    if (elements !== undefined && this.length > 0) {
      elements.m.at(ptr, elements.align, this.length * elements.size, type);
    }
  }

  /** Where the next element lies. */
  private get at(): number {
    return this.ptr + this.progress * (this.elements?.size ?? 0);
  }

  /** The bytes of the next elements, if they are only bytes: in memory, and good until somebody else runs. */
  bytes(n: number): Uint8Array {
    const { at } = this;
    const { m, size } = this.elements!;
    this.progress += n;
    return m.u8.subarray(at, at + n * size);
  }

  read(n: number): Chunk {
    const { elements, at } = this;
    this.progress += n;
    return elements === undefined ? new Array<undefined>(n).fill(undefined) : this.in(() => elements.load(at, n));
  }

  take(from: Party, n: number): void {
    const { elements, at } = this;
    if (from instanceof GuestCopy && elements === undefined) {
      // Elements that are nothing have only to be counted.
      from.progress += n;
      this.progress += n;
    } else if (from instanceof GuestCopy && elements!.pure) {
      this.bytes(n).set(from.bytes(n));
    } else {
      const values = from.read(n);
      this.progress += n;
      if (values instanceof Uint8Array && this.end.shared.type === 'stream<u8>') elements!.m.u8.set(values, at);
      else if (elements !== undefined) this.in(() => elements.store(at, values));
    }
  }

  copied(): void {
    if (this.end.future) this.end.shared.leave(this);
    this.end.notify(() => {
      this.end.shared.leave(this);
      return this.event(COMPLETED);
    });
  }

  done(result: number): void {
    this.end.notify(() => this.event(result));
  }

  /** It is over: what the component is told. */
  result(result: number): number {
    const { end } = this;
    const { future, shared } = end;
    // Who has not heard yet that a copy is done hears of the other end's drop, or that it is cancelled, with it.
    if (!future && result === COMPLETED) {
      if (shared.dropped) result = DROPPED;
      else if (end.state === 'cancelling') result = CANCELLED;
    }
    end.state = result === DROPPED || (future && result === COMPLETED) ? 'done' : 'idle';
    return future ? result : result | (this.progress << 4);
  }

  private event(result: number): readonly [number, number, number] {
    return [this.end.code, this.end.index, this.result(result)];
  }

  private in<T>(work: () => T): T {
    const cx = this.inst.root;
    cx.depth++;
    const value = inside(cx, cx.at === '' ? this.end.shared.label : cx.at, cx.task, work);
    cx.depth--;
    return value;
  }
}

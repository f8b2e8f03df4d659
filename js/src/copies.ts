import type { Shared } from './ends.js';
import type { Instance } from './instance.js';
import type { Memory } from './memory.js';

/** Values in a row: a typed array where they are numbers. */
export type Chunk = ArrayLike<unknown>;

/** How the elements of a stream lie in a memory. */
export interface Elements {
  readonly m: Memory;
  readonly size: number;
  readonly align: number;
  /** Whether they are numbers: their bytes can be copied. */
  readonly pure: boolean;
  load(p: number, n: number): Chunk;
  store(p: number, values: Chunk): void;
}

export const COMPLETED = 0;
export const DROPPED = 1;
export const CANCELLED = 2;

/** Somebody who reads or writes: what is copied to or from, and who is told. */
export interface Party {
  /** The instance of a component; the host has none. */
  readonly inst: Instance | undefined;
  /** How elements lie in its memory, where that is one and they are something. */
  readonly elements: Elements | undefined;
  /** How many elements have been copied. */
  readonly progress: number;
  /** How many there may be. */
  readonly length: number;
  /** Takes the next elements out. */
  read(n: number): Chunk;
  /** Puts elements in that another has. */
  take(from: Party, n: number): void;
  /** Something was copied while it waited. More may be, until it goes. */
  copied(): void;
  /** It waits no more. */
  done(result: number): void;
}

/** One read by the host. */
export class HostRead implements Party {
  readonly inst = undefined;
  readonly elements = undefined;
  readonly length: number;
  progress = 0;
  private values: Chunk = [];
  private readonly shared: Shared;
  private readonly settle: (values: Chunk | undefined) => void;

  /** `settle` is told what came, or that nothing will. */
  constructor(shared: Shared, length: number, settle: (values: Chunk | undefined) => void) {
    this.shared = shared;
    this.length = length;
    this.settle = settle;
  }

  start(): void {
    const result = this.shared.read(this);
    if (result !== undefined) this.done(result);
  }

  read(): Chunk {
    return [];
  }

  take(from: Party, n: number): void {
    this.values = from.read(n);
    this.progress += n;
  }

  copied(): void {
    this.shared.leave(this);
    this.settle(this.values);
  }

  done(result: number): void {
    this.settle(this.progress > 0 || result !== DROPPED ? this.values : undefined);
  }
}

/** What the host writes, one piece after another. */
export class HostWrite implements Party {
  readonly inst = undefined;
  readonly elements = undefined;
  progress = 0;
  private values: Chunk;
  private readonly shared: Shared;
  private readonly settle: () => void;

  /** `settle` is told when a piece that had to wait has been read, or will not be. */
  constructor(shared: Shared, values: Chunk, settle: () => void) {
    this.shared = shared;
    this.values = values;
    this.settle = settle;
  }

  get length(): number {
    return this.values.length;
  }

  /** Whether all has been read. */
  get all(): boolean {
    return this.progress >= this.values.length;
  }

  /** Another piece. */
  next(values: Chunk): void {
    this.values = values;
    this.progress = 0;
  }

  /** Writes until it has to wait. */
  start(): void {
    while (!this.all) {
      const result = this.shared.write(this);
      if (result !== COMPLETED) return;
    }
  }

  read(n: number): Chunk {
    const { values, progress } = this;
    this.progress += n;
    if (n === values.length) return values;
    return ArrayBuffer.isView(values)
      ? (values as Uint8Array).subarray(progress, progress + n)
      : Array.prototype.slice.call(values, progress, progress + n);
  }

  take(): void {
    throw new TypeError('there is nothing to write to');
  }

  copied(): void {
    if (!this.all) return;
    this.shared.leave(this);
    this.settle();
  }

  done(): void {
    this.settle();
  }
}

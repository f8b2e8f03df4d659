import type { Instance } from './instance.js';
import type { Memory } from './memory.js';
import { inside } from './scheduler.js';
import { FUTURE_READ, FUTURE_WRITE, STREAM_READ, STREAM_WRITE, Waitable } from './waitables.js';

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

/** What is copied to or from. */
export interface Buffer {
  /** How many elements have been copied. */
  progress: number;
  readonly length: number;
  read(n: number): Chunk;
  write(values: Chunk): void;
}

/** How many elements a component may name. */
const MOST = 2 ** 28 - 1;

/** A piece of a component's memory. */
export class GuestBuffer implements Buffer {
  progress = 0;
  readonly length: number;
  readonly elements: Elements | undefined;
  private readonly inst: Instance;
  private readonly ptr: number;

  constructor(inst: Instance, elements: Elements | undefined, ptr: number, length: number, type: string) {
    this.inst = inst;
    this.length = length >>> 0;
    this.elements = elements;
    this.ptr = ptr >>> 0;
    if (this.length > MOST) inst.root.trap(`${type}: too many elements`);
    if (elements !== undefined && this.length > 0) {
      elements.m.at(ptr, elements.align, this.length * elements.size, type);
    }
  }

  /** The bytes of elements that are only bytes. */
  bytes(n: number): Uint8Array {
    const { m, size } = this.elements!;
    const from = this.ptr + this.progress * size;
    return m.u8.subarray(from, from + n * size);
  }

  read(n: number): Chunk {
    const { elements } = this;
    const from = this.ptr + this.progress * (elements?.size ?? 0);
    this.progress += n;
    return elements === undefined ? new Array<undefined>(n).fill(undefined) : this.in(() => elements.load(from, n));
  }

  write(values: Chunk): void {
    const { elements } = this;
    const to = this.ptr + this.progress * (elements?.size ?? 0);
    this.progress += values.length;
    if (elements !== undefined) this.in(() => elements.store(to, values));
  }

  private in<T>(work: () => T): T {
    const cx = this.inst.root;
    return inside(cx, cx.at === '' ? 'stream' : cx.at, cx.task, work);
  }
}

/** Where the host gets elements. */
export class Sink implements Buffer {
  progress = 0;
  readonly length: number;
  private readonly chunks: Chunk[] = [];

  constructor(length: number) {
    this.length = length;
  }

  read(): Chunk {
    return [];
  }

  write(values: Chunk): void {
    this.progress += values.length;
    this.chunks.push(values);
  }

  /** All that came. */
  take(): Chunk {
    const { chunks } = this;
    return chunks.length === 1 ? chunks[0]! : chunks.flatMap((chunk) => Array.from(chunk));
  }
}

/** What the host gives. */
export class Supply implements Buffer {
  progress = 0;
  readonly length: number;
  private readonly values: Chunk;

  constructor(values: Chunk) {
    this.values = values;
    this.length = values.length;
  }

  read(n: number): Chunk {
    const from = this.progress;
    this.progress += n;
    if (from === 0 && n === this.length) return this.values;
    return ArrayBuffer.isView(this.values)
      ? (this.values as Uint8Array).subarray(from, from + n)
      : Array.prototype.slice.call(this.values, from, from + n);
  }

  write(): void {
    throw new TypeError('there is nothing to write to');
  }
}

const remain = (buffer: Buffer): number => buffer.length - buffer.progress;

/** Copies as much as there is, and as there is room for. */
function copy(from: Buffer, to: Buffer): void {
  const n = Math.min(remain(from), remain(to));
  if (n === 0) return;
  if (from instanceof GuestBuffer && to instanceof GuestBuffer && from.elements?.pure !== false) {
    // Elements that are nothing have only to be counted.
    if (from.elements !== undefined) to.bytes(n).set(from.bytes(n));
    from.progress += n;
    to.progress += n;
  } else {
    to.write(from.read(n));
  }
}

/** Somebody who waits for the other end. */
interface Pending {
  readonly inst: Instance | undefined;
  readonly buffer: Buffer;
  /** Something was copied. More may be, until it takes back its buffer. */
  readonly copied: (takeBack: () => void) => void;
  readonly done: (result: number) => void;
}

/** What both ends of a stream or a future share. */
export class Shared {
  dropped = false;
  /** Called when an end is dropped. */
  onDrop: (() => void) | undefined = undefined;
  /** Called when somebody wants to read, and nobody writes yet. */
  onWant: (() => void) | undefined = undefined;
  /** The ends that components have. */
  reader: End | undefined = undefined;
  writer: End | undefined = undefined;
  /** `stream<u8>`. */
  readonly type: string;
  private pending: Pending | undefined = undefined;

  constructor(type: string) {
    this.type = type;
  }

  /** Reads into a buffer. */
  read(mine: Pending): void {
    const { pending } = this;
    if (this.dropped) {
      mine.done(DROPPED);
    } else if (pending === undefined) {
      this.pending = mine;
      this.onWant?.();
    } else {
      this.checkLocal(mine, pending);
      if (remain(pending.buffer) > 0) {
        if (remain(mine.buffer) > 0) {
          copy(pending.buffer, mine.buffer);
          this.told(pending);
        }
        mine.done(COMPLETED);
      } else {
        this.end(COMPLETED);
        this.pending = mine;
      }
    }
  }

  /** Writes out of a buffer. */
  write(mine: Pending): void {
    const { pending } = this;
    if (this.dropped) {
      mine.done(DROPPED);
    } else if (pending === undefined) {
      this.pending = mine;
    } else {
      this.checkLocal(mine, pending);
      if (remain(pending.buffer) > 0) {
        if (remain(mine.buffer) > 0) {
          copy(mine.buffer, pending.buffer);
          this.told(pending);
        }
        mine.done(COMPLETED);
      } else if (mine.buffer.length === 0 && pending.buffer.length === 0) {
        mine.done(COMPLETED);
      } else {
        this.end(COMPLETED);
        this.pending = mine;
      }
    }
  }

  /** How much somebody wants to read now. */
  get wanted(): number {
    return this.pending === undefined ? 0 : remain(this.pending.buffer);
  }

  /** Whether somebody waits for the other end. */
  get waiting(): boolean {
    return this.pending !== undefined;
  }

  /** Takes back what is pending. */
  cancel(): void {
    this.end(CANCELLED);
  }

  /** One end is gone. */
  drop(): void {
    if (this.dropped) return;
    this.dropped = true;
    if (this.pending !== undefined) {
      this.end(DROPPED);
    } else {
      this.reader?.alone();
      this.writer?.alone();
    }
    this.onDrop?.();
  }

  private told(pending: Pending): void {
    pending.copied(() => {
      if (this.pending === pending) this.pending = undefined;
    });
  }

  private end(result: number): void {
    const { pending } = this;
    this.pending = undefined;
    pending?.done(result);
  }

  /** Within one instance, only numbers may be copied. */
  private checkLocal(mine: Pending, other: Pending): void {
    if (mine.inst === undefined || mine.inst !== other.inst) return;
    const elements = mine.buffer instanceof GuestBuffer ? mine.buffer.elements : undefined;
    if (elements !== undefined && !elements.pure) {
      mine.inst.root.trap(`cannot read from and write to a ${this.type} in one instance`);
    }
  }
}

export type CopyState = 'idle' | 'copying' | 'cancelling' | 'done';

/** A component's end. */
export class End extends Waitable {
  state: CopyState = 'idle';
  readonly shared: Shared;
  readonly readable: boolean;

  constructor(shared: Shared, readable: boolean) {
    super();
    this.shared = shared;
    this.readable = readable;
    if (readable) shared.reader = this;
    else shared.writer = this;
    if (shared.dropped) this.alone();
  }

  get future(): boolean {
    return this.shared.type.startsWith('future');
  }

  /** The code of its events. */
  get code(): number {
    if (this.future) return this.readable ? FUTURE_READ : FUTURE_WRITE;
    return this.readable ? STREAM_READ : STREAM_WRITE;
  }

  /** The other end is gone: it is told so even if it does nothing now. */
  alone(): void {
    if (this.state !== 'idle' || this.hasEvent || (this.future && this.readable)) return;
    this.notify(() => {
      this.state = 'done';
      return [this.code, this.index, DROPPED];
    });
  }

  /** It leaves the component. */
  leave(): void {
    if (this.readable) this.shared.reader = undefined;
    else this.shared.writer = undefined;
  }

  get copying(): boolean {
    return this.state === 'copying' || this.state === 'cancelling';
  }
}

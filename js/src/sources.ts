import { type Chunk, HostWrite } from './copies.js';
import type { Shared } from './ends.js';
import { type Instance, reject } from './instance.js';
import { fail, later, microtask, now, stateOf } from './scheduler.js';
import { isThenable } from './subtasks.js';

/** Where values come from, in pieces. */
export interface Pieces {
  /** Asks for the next piece, of at most `max` elements if that can be. The answer may be a promise of one. */
  next(max: number): unknown;
  /** The values of an answer; there are none if there was no piece left. */
  values(answer: never): Chunk | undefined;
  /** No more are wanted. */
  stop(): unknown;
}

/** The reader of another copy of the runtime, or something like it. */
interface Reading {
  read(max: number): Promise<Chunk | undefined>;
  chunks(): unknown;
  close(): void;
}

/** What a value that a user gave has to say, if it is something to read from. */
export function sourceOf(v: unknown, bytes: boolean): Pieces | undefined {
  if (typeof v !== 'object' || v === null) return undefined;
  if (ArrayBuffer.isView(v) || (Array.isArray(v) && !bytes)) return once(v as unknown as Chunk);
  if (v instanceof ReadableStream) return v.locked ? undefined : reading(v as ReadableStream<unknown>, bytes);
  const reader = v as Partial<Reading>;
  if (typeof reader.read === 'function' && typeof reader.chunks === 'function' && typeof reader.close === 'function') {
    return { next: (max) => reader.read!(max), values: same, stop: () => reader.close!() };
  }
  const many = v as Partial<AsyncIterable<unknown> & Iterable<unknown>>;
  if (typeof many[Symbol.asyncIterator] === 'function') return comingFrom(() => many[Symbol.asyncIterator]!(), bytes);
  if (typeof many[Symbol.iterator] === 'function') return takenFrom(() => many[Symbol.iterator]!(), bytes);
  return undefined;
}

const same = (values: Chunk | undefined) => values;

function once(chunk: Chunk): Pieces {
  let left: Chunk | undefined = chunk;
  return {
    next() {
      const now = left;
      left = undefined;
      return now;
    },
    values: same,
    stop: () => undefined,
  };
}

/** The values of one step of an iteration. */
const stepped = (bytes: boolean) =>
  bytes
    ? ({ done, value }: IteratorResult<unknown>) => (done === true ? undefined : (value as Chunk))
    : ({ done, value }: IteratorResult<unknown>) => (done === true ? undefined : [value]);

/** What nobody has begun to read is stopped, too: it may hold something open. */
function comingFrom(begin: () => AsyncIterator<unknown>, bytes: boolean): Pieces {
  let iterator: AsyncIterator<unknown> | undefined;
  const begun = () => (iterator ??= begin());
  return { next: () => begun().next(), values: stepped(bytes), stop: () => begun().return?.() };
}

/** What is there already is taken as it is wanted, and no more of it. */
function takenFrom(begin: () => Iterator<unknown>, bytes: boolean): Pieces {
  let iterator: Iterator<unknown> | undefined;
  const begun = () => (iterator ??= begin());
  return {
    next(max) {
      const values: unknown[] = [];
      while (values.length < max) {
        const { done, value } = begun().next();
        if (done === true) break;
        if (bytes) return value as Chunk;
        values.push(value);
      }
      return values.length > 0 ? values : undefined;
    },
    values: same,
    stop: () => begun().return?.(),
  };
}

function reading(stream: ReadableStream<unknown>, bytes: boolean): Pieces {
  const byob = bytes ? bytesReader(stream as ReadableStream<Uint8Array>) : undefined;
  if (byob !== undefined) return byob;
  const reader = stream.getReader();
  return { next: () => reader.read(), values: stepped(bytes), stop: () => reader.cancel() };
}

/** How many bytes are read at once from a stream of bytes. */
const PIECE = 2 ** 16;

/** Reads no more than what is wanted, if the stream is one of bytes, and always into the same memory. */
function bytesReader(stream: ReadableStream<Uint8Array>): Pieces | undefined {
  let reader: ReadableStreamBYOBReader;
  try {
    reader = stream.getReader({ mode: 'byob' });
  } catch {
    return undefined;
  }
  let memory = new ArrayBuffer(0);
  return {
    next(max) {
      const n = Math.min(max, PIECE);
      if (memory.byteLength < n) memory = new ArrayBuffer(n);
      return reader.read(new Uint8Array(memory, 0, n));
    },
    values({ done, value }: ReadableStreamReadResult<Uint8Array<ArrayBuffer>>) {
      if (done) return undefined;
      memory = value.buffer;
      return value;
    },
    stop: () => reader.cancel(),
  };
}

const isChunk = (v: unknown): v is Chunk => Array.isArray(v) || (ArrayBuffer.isView(v) && !(v instanceof DataView));

/** Writes what a source has, when the component wants to read. What users wrote runs when nothing of the component does. */
export class Pump {
  private readonly cx: Instance;
  private readonly shared: Shared;
  private readonly source: Pieces;
  private readonly write: HostWrite;
  /** Whether a piece is on its way. */
  private busy = false;
  private over = false;

  constructor(cx: Instance, shared: Shared, source: Pieces) {
    this.cx = cx;
    this.shared = shared;
    this.source = source;
    this.write = new HostWrite(shared, [], () => microtask(this.again));
    shared.onWant = () => microtask(this.step);
    shared.onDrop = this.stop;
    stateOf(cx).pending.add(this.stop);
  }

  /** Gives the component what it wants, until there is something to wait for. */
  private readonly step = (): void => {
    const { shared, source } = this;
    if (this.busy || this.over) return;
    this.busy = true;
    try {
      while (shared.waiting) {
        const answer = source.next(Math.max(shared.wanted, 1));
        if (isThenable(answer)) return void answer.then(this.got, this.fail);
        if (!this.put(source.values(answer as never))) return;
      }
      this.busy = false;
    } catch (e) {
      this.fail(e);
    }
  };

  private readonly again = (): void => {
    this.busy = false;
    this.step();
  };

  private readonly got = (answer: unknown): void => {
    if (this.over) return;
    try {
      if (this.put(this.source.values(answer as never))) this.again();
    } catch (e) {
      this.fail(e);
    }
  };

  /** Writes a piece. Whether that is done, and there may be more. */
  private put(values: Chunk | undefined): boolean {
    const { cx, shared, write } = this;
    if (values === undefined) {
      this.end();
      later(cx, () => shared.drop());
      return false;
    }
    if (!isChunk(values)) reject('pieces that are a Uint8Array', values, shared.label);
    write.next(values);
    later(cx, this.start);
    return write.all && !this.over;
  }

  private readonly start = (): void => this.write.start();

  private readonly fail = (reason: unknown): void => {
    if (this.over) return;
    this.end();
    fail(this.cx, reason, this.shared.label);
  };

  /** Nobody wants more. What goes wrong in the source then is nobody's concern. */
  private readonly stop = (): void => {
    this.end();
    void now.then(() => this.source.stop()).catch(() => undefined);
  };

  private end(): void {
    this.over = true;
    this.shared.onDrop = this.shared.onWant = undefined;
    stateOf(this.cx).pending.delete(this.stop);
  }
}

import { type Chunk, DROPPED, Shared, Sink, Supply } from './ends.js';
import { addEnd, takeEnd } from './guest-ends.js';
import type { Instance } from './instance.js';
import { fail, later, promised, microtask } from './scheduler.js';
import type { Untouched } from './types.js';

export {
  cancelRead as streamCancelRead,
  cancelWrite as streamCancelWrite,
  dropReadable as streamDropReadable,
  dropWritable as streamDropWritable,
  makeEnds as streamNew,
  readEnd as streamRead,
  transferEnd as transferStream,
  writeEnd as streamWrite,
} from './guest-ends.js';

/** How many elements the host takes at once. */
const BULK = 2 ** 20;

/** What the host reads a component's stream with. */
export class StreamReader<T> implements AsyncIterable<T>, Untouched {
  /** The stream, until it is given away. */
  private shared: Shared | undefined;
  private readonly cx: Instance;
  private touched = false;

  constructor(cx: Instance, shared: Shared) {
    this.cx = cx;
    this.shared = shared;
  }

  /**
   * Waits for elements: as many as the component has at once, at most `max`. Numbers come in a typed array. There are
   * none when the stream has ended.
   */
  read(max = BULK): Promise<readonly T[] | undefined> {
    const { cx, shared } = this;
    if (shared === undefined) return Promise.reject(new TypeError('the stream was given away'));
    this.touched = true;
    return readShared(cx, shared, max) as Promise<readonly T[] | undefined>;
  }

  /** All elements, in the pieces in which they come. */
  async *chunks(max = BULK): AsyncGenerator<readonly T[], void, undefined> {
    try {
      for (let chunk = await this.read(max); chunk !== undefined; chunk = await this.read(max)) yield chunk;
    } finally {
      this.close();
    }
  }

  /** All elements, one by one. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for await (const chunk of this.chunks()) yield* chunk;
  }

  /** Wants no more. */
  close(): void {
    this.shared?.drop();
  }

  abandon(): void {
    if (!this.touched) this.close();
  }

  /** Gives the stream away. */
  static release(reader: StreamReader<unknown>): Shared {
    const { shared } = reader;
    if (shared === undefined) throw new TypeError('the stream was given away');
    reader.shared = undefined;
    return shared;
  }
}

/** One read by the host. */
export function readShared(cx: Instance, shared: Shared, max: number): Promise<Chunk | undefined> {
  return promised(cx, (resolve) => {
    const buffer = new Sink(max);
    later(cx, () =>
      shared.read({
        inst: undefined,
        buffer,
        copied: (takeBack) => {
          takeBack();
          resolve(buffer.take());
        },
        done: (result) => resolve(buffer.progress > 0 || result !== DROPPED ? buffer.take() : undefined),
      }),
    );
  });
}

const byteStreams = new WeakMap<ReadableStream, Shared>();

/** A component gives a stream. */
export function liftStream(inst: Instance, type: string, index: number): unknown {
  const cx = inst.root;
  const shared = takeEnd(inst, type, index);
  if (type !== 'stream<u8>') {
    const reader = new StreamReader(cx, shared);
    cx.giving?.push(reader);
    return reader;
  }
  const stream = byteStream(cx, shared);
  cx.giving?.push({
    abandon: () => {
      if (!stream.locked && byteStreams.has(stream)) void stream.cancel();
    },
  });
  return stream;
}

/** A stream of bytes, as browsers have it. */
function byteStream(cx: Instance, shared: Shared): ReadableStream<Uint8Array> {
  const stream = new ReadableStream({
    type: 'bytes',
    async pull(controller: ReadableByteStreamController) {
      const max = controller.byobRequest?.view?.byteLength ?? BULK;
      const chunk = (await readShared(cx, shared, max)) as Uint8Array<ArrayBuffer> | undefined;
      if (chunk === undefined) {
        controller.close();
        controller.byobRequest?.respond(0);
      } else if (chunk.length > 0) {
        controller.enqueue(chunk);
      } else {
        await this.pull!(controller);
      }
    },
    cancel() {
      shared.drop();
    },
  });
  byteStreams.set(stream, shared);
  return stream;
}

/** A component is given a stream. */
export function lowerStream(inst: Instance, type: string, v: unknown, field?: string): number {
  return addEnd(inst, sharedOf(inst, type, v, field), true);
}

function sharedOf(inst: Instance, type: string, v: unknown, field?: string): Shared {
  const cx = inst.root;
  if (v instanceof StreamReader) return StreamReader.release(v);
  if (v instanceof ReadableStream) {
    const shared = byteStreams.get(v);
    if (shared !== undefined && !v.locked && shared.type === type) {
      byteStreams.delete(v);
      v.getReader();
      return shared;
    }
  }
  const source = sourceOf(v, type === 'stream<u8>');
  if (source === undefined) return cx.reject(type, v, field);
  const shared = new Shared(type);
  void pump(cx, shared, source);
  return shared;
}

/** Where values come from, in pieces. */
interface Pieces {
  /** The next piece, of at most `max` elements if that can be. */
  next(max: number): Promise<Chunk | undefined>;
  stop(): void;
}

const isChunk = (v: unknown): v is Chunk => Array.isArray(v) || ArrayBuffer.isView(v);

/** The reader of another copy of this module, or something like it. */
interface Reading {
  read(max: number): Promise<Chunk | undefined>;
  chunks(): unknown;
  close(): void;
}

function sourceOf(v: unknown, bytes: boolean): Pieces | undefined {
  if (typeof v !== 'object' || v === null) return undefined;
  if (ArrayBuffer.isView(v) || (Array.isArray(v) && !bytes)) return once(v as unknown as Chunk);
  if (v instanceof ReadableStream) return reading(v as ReadableStream<unknown>, bytes);
  const reader = v as Partial<Reading>;
  if (typeof reader.read === 'function' && typeof reader.chunks === 'function' && typeof reader.close === 'function') {
    return { next: (max) => reader.read!(max), stop: () => reader.close!() };
  }
  const many = v as Partial<AsyncIterable<unknown> & Iterable<unknown>>;
  const iterator = many[Symbol.asyncIterator]?.() ?? many[Symbol.iterator]?.();
  if (iterator === undefined) return undefined;
  return {
    async next() {
      const { done, value } = await iterator.next();
      if (done === true) return undefined;
      return bytes ? (value as Chunk) : [value];
    },
    stop: () => void iterator.return?.(),
  };
}

function once(chunk: Chunk): Pieces {
  let left: Chunk | undefined = chunk;
  return {
    next() {
      const now = left;
      left = undefined;
      return Promise.resolve(now);
    },
    stop: () => undefined,
  };
}

function reading(stream: ReadableStream<unknown>, bytes: boolean): Pieces {
  const byob = bytes ? bytesReader(stream as ReadableStream<Uint8Array>) : undefined;
  if (byob !== undefined) return byob;
  const reader = stream.getReader();
  return {
    async next() {
      const { done, value } = await reader.read();
      if (done) return undefined;
      return bytes ? (value as Chunk) : [value];
    },
    stop: () => void reader.cancel().catch(() => undefined),
  };
}

/** Reads no more than what is wanted, if the stream is one of bytes. */
function bytesReader(stream: ReadableStream<Uint8Array>): Pieces | undefined {
  let reader: ReadableStreamBYOBReader;
  try {
    reader = stream.getReader({ mode: 'byob' });
  } catch {
    return undefined;
  }
  return {
    async next(max) {
      const { done, value } = await reader.read(new Uint8Array(Math.min(Math.max(max, 1), PIECE)));
      return done ? undefined : value;
    },
    stop: () => void reader.cancel().catch(() => undefined),
  };
}

/** How many bytes are read at once from a stream of bytes. */
const PIECE = 2 ** 16;

/** Writes what a source has, when the component wants to read. */
async function pump(cx: Instance, shared: Shared, source: Pieces): Promise<void> {
  let wake: () => void = () => undefined;
  shared.onWant = () => wake();
  shared.onDrop = () => {
    source.stop();
    wake();
  };
  try {
    for (;;) {
      if (!shared.waiting && !shared.dropped) await new Promise<void>((resolve) => (wake = resolve));
      if (shared.dropped) return;
      const chunk = await source.next(shared.wanted);
      if (shared.dropped) return;
      if (chunk === undefined) break;
      if (!isChunk(chunk)) throw new TypeError(`${shared.type}: expected pieces that are a Uint8Array`);
      if (chunk.length > 0 && !(await writeShared(cx, shared, chunk))) return;
    }
    shared.onDrop = undefined;
    later(cx, () => shared.drop());
  } catch (e) {
    fail(cx, e);
  }
}

/** One write by the host, until all of it has been read; false if nobody reads any more. */
export function writeShared(cx: Instance, shared: Shared, values: Chunk): Promise<boolean> {
  return promised(cx, (resolve) => {
    const buffer = new Supply(values);
    const write = () =>
      shared.write({
        inst: undefined,
        buffer,
        copied: (takeBack) => {
          if (buffer.progress < buffer.length) return;
          takeBack();
          resolve(true);
        },
        done: (result) => {
          if (result === DROPPED) resolve(false);
          else if (buffer.progress < buffer.length) microtask(() => later(cx, write));
          else resolve(true);
        },
      });
    later(cx, write);
  });
}

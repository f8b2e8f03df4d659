import { BULK, ByteReader } from './byte-reader.js';
import { HostRead } from './copies.js';
import { Shared } from './ends.js';
import { addEnd, takeEnd } from './guest-ends.js';
import type { Instance } from './instance.js';
import { later, promised } from './scheduler.js';
import { Pump, sourceOf } from './sources.js';
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

/** What the host reads a component's stream with. */
export class StreamReader<T> implements AsyncIterable<T>, Untouched {
  private readonly shared: Shared;
  private given = false;
  /** How many reads wait, and the last of them. */
  private waiting = 0;
  private last: Promise<unknown> | undefined = undefined;
  private readonly cx: Instance;
  private touched = false;

  constructor(cx: Instance, shared: Shared) {
    this.cx = cx;
    this.shared = shared;
  }

  /**
   * Waits for elements: as many as the component has at once, at most `max`. Numbers come in a typed array. There are
   * none when the stream has ended. Reads are answered one after the other.
   */
  read(max = BULK): Promise<readonly T[] | undefined> {
    if (this.given) return Promise.reject(new TypeError(`${this.shared.label} was given away`));
    this.touched = true;
    this.waiting++;
    const next = this.last === undefined ? this.one(max) : this.last.then(() => this.one(max));
    if (this.waiting > 0) this.last = next;
    return next;
  }

  private one(max: number): Promise<readonly T[] | undefined> {
    const { cx, shared } = this;
    return promised(cx, (resolve) => {
      const read = new HostRead(shared, max, (values) => {
        if (--this.waiting === 0) this.last = undefined;
        resolve(values as readonly T[] | undefined);
      });
      later(cx, () => read.start());
    });
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
    if (!this.given) this.shared.drop();
  }

  abandon(): void {
    if (!this.touched) this.close();
  }

  /** Gives the stream away. */
  static release(reader: StreamReader<unknown>): Shared | undefined {
    if (reader.given || reader.waiting > 0) return undefined;
    reader.given = true;
    return reader.shared;
  }
}

/** A component gives a stream. */
export function liftStream(inst: Instance, type: string, index: number): unknown {
  const cx = inst.root;
  const shared = takeEnd(inst, type, index);
  if (type !== 'stream<u8>') {
    const reader = new StreamReader(cx, shared);
    cx.giving?.push(reader);
    return reader;
  }
  const reader = new ByteReader(cx, shared);
  cx.giving?.push(reader);
  return reader.stream;
}

/** A component is given a stream. */
export function lowerStream(inst: Instance, type: string, v: unknown, field?: string): number {
  return addEnd(inst, sharedOf(inst, type, v, field), true);
}

function sharedOf(inst: Instance, type: string, v: unknown, field?: string): Shared {
  const cx = inst.root;
  if (v instanceof StreamReader) {
    return StreamReader.release(v) ?? cx.reject(`a ${type} that nobody reads and that was not given away`, v, field);
  }
  const given = v instanceof ReadableStream ? ByteReader.release(v, type) : undefined;
  if (given !== undefined) return given;
  const source = sourceOf(v, type === 'stream<u8>');
  if (source === undefined) {
    return cx.reject(v instanceof ReadableStream ? `a ${type} that nobody reads` : type, v, field);
  }
  const shared = new Shared(type, field === undefined ? cx.at : `${cx.at}: ${field}`);
  new Pump(cx, shared, source);
  return shared;
}

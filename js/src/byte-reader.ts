import { type Chunk, COMPLETED, type Party } from './copies.js';
import type { Shared } from './ends.js';
import { GuestCopy } from './guest-copy.js';
import type { Instance } from './instance.js';
import { later, microtask, stateOf } from './scheduler.js';
import type { Untouched } from './types.js';

/** How many elements the host takes at once. */
export const BULK = 2 ** 20;
/** How many bytes are put together that come in small pieces. */
const TOGETHER = 2 ** 16;
/** A piece of so many bytes is not small. */
const LARGE = 2 ** 14;

/** Memory in which pieces can be put together, if nobody does. */
let spare: Uint8Array | undefined = undefined;

const streams = new WeakMap<ReadableStream, ByteReader>();

/**
 * What is behind a stream of bytes, as browsers have it, that a component writes. It reads when somebody wants bytes: into
 * the memory that he brings, if he does; else a large piece becomes a chunk, and small ones become one together, until the
 * component has had its turn.
 */
export class ByteReader implements Party, Untouched, UnderlyingByteSource {
  readonly type = 'bytes';
  readonly inst = undefined;
  readonly elements = undefined;
  readonly stream: ReadableStream<Uint8Array>;
  length = 0;
  progress = 0;
  private readonly cx: Instance;
  private readonly shared: Shared;
  private touched = false;
  /** Whom to give bytes to, while they are read. */
  private controller: ReadableByteStreamController | undefined = undefined;
  /** The memory that the reader has brought. */
  private view: Uint8Array | undefined = undefined;
  /** Where small pieces are put together. */
  private small: Uint8Array | undefined = undefined;
  /** A large piece. */
  private large: Uint8Array<ArrayBuffer> | undefined = undefined;
  private due = false;

  constructor(cx: Instance, shared: Shared) {
    this.cx = cx;
    this.shared = shared;
    this.stream = new ReadableStream(this);
    streams.set(this.stream, this);
  }

  /** Gives a stream away that nobody has read from. */
  static release(stream: ReadableStream, type: string): Shared | undefined {
    const reader = streams.get(stream);
    if (reader === undefined || reader.touched || reader.shared.type !== type || stream.locked) return undefined;
    stream.getReader();
    return reader.shared;
  }

  abandon(): void {
    if (!this.touched && !this.stream.locked) void this.stream.cancel();
  }

  /** Somebody wants bytes. */
  pull(controller: ReadableByteStreamController): void {
    this.touched = true;
    if (this.controller !== undefined) return;
    this.controller = controller;
    this.view = controller.byobRequest?.view as Uint8Array | undefined;
    this.progress = 0;
    this.length = this.view?.length ?? BULK;
    stateOf(this.cx).pending.add(this.broken);
    later(this.cx, this.begin);
  }

  /** Nobody wants them any more. */
  cancel(): void {
    this.end();
    this.shared.drop();
  }

  private readonly begin = (): void => {
    if (this.controller === undefined) return;
    let result = this.shared.read(this);
    // The component is told of what was read at once, and has a turn before the bytes are given on: what it writes comes along.
    if (result === COMPLETED && this.progress < this.length) result = this.shared.read(this);
    if (result !== undefined || this.progress > 0) this.copied();
  };

  read(): Chunk {
    return [];
  }

  take(from: Party, n: number): void {
    const came = from instanceof GuestCopy ? from.bytes(n) : (from.read(n) as ArrayLike<number>);
    const to = this.view ?? this.small;
    if (to !== undefined) {
      to.set(came, this.progress);
    } else if (n < LARGE) {
      this.small = spare ?? new Uint8Array(TOGETHER);
      spare = undefined;
      this.small.set(came);
      this.length = TOGETHER;
    } else {
      this.large = new Uint8Array(came);
      this.length = n;
    }
    this.progress += n;
  }

  copied(): void {
    if (this.due) return;
    this.due = true;
    microtask(this.deliver);
  }

  done(): void {
    this.copied();
  }

  private readonly deliver = (): void => {
    const { controller, small, large, progress } = this;
    this.due = false;
    if (controller === undefined) return;
    this.shared.leave(this);
    const chunk = large ?? small?.slice(0, progress);
    this.end();
    if (chunk !== undefined) {
      controller.enqueue(chunk);
    } else if (progress > 0) {
      controller.byobRequest!.respond(progress);
    } else {
      controller.close();
      controller.byobRequest?.respond(0);
    }
  };

  private readonly broken = (reason: unknown): void => {
    const { controller } = this;
    this.end();
    controller?.error(reason);
  };

  /** Nothing is read now. */
  private end(): void {
    spare = this.small ?? spare;
    this.controller = this.view = this.small = this.large = undefined;
    stateOf(this.cx).pending.delete(this.broken);
  }
}

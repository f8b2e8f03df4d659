/** A `result`, as futures have it. */
export type Outcome<T = unknown> = { tag: 'ok'; val?: T } | { tag: 'err'; val: unknown };

/** Whether a request or a response was sent, or read, to its end. */
type Settled = PromiseLike<unknown>;

/** A class of `wasi:http/types` whose objects have a body, as the published shims have it. */
interface MessageClass {
  new (...made: never[]): object;
  'new'(headers: unknown, contents: unknown, trailers: Settled, ...rest: unknown[]): [message: object, sent: Settled];
  consumeBody(message: object, read: Settled): [contents: unknown, trailers: Settled];
}

/** As much of `wasi:http/types` as is adapted. */
export interface HttpTypes {
  readonly Request: MessageClass;
  readonly Response: MessageClass;
}

const DISPOSE: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for('dispose');

/**
 * A component's body as the published shims read it: piece by piece, from something that is not a `ReadableStream`, whose
 * end the one for Node takes for a mistake if the length of the body was announced.
 */
export class BodyReader implements AsyncIterable<Uint8Array> {
  /** Whether all of it was read, when nobody reads any more. */
  readonly ended: Promise<boolean>;
  private end!: (all: boolean) => void;
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;

  constructor(stream: ReadableStream<Uint8Array>) {
    this.reader = stream.getReader();
    this.ended = new Promise((resolve) => (this.end = resolve));
  }

  /** The next piece, whatever its length: the shims count. */
  async read(): Promise<IteratorResult<Uint8Array, undefined>> {
    try {
      const { done, value } = await this.reader.read();
      if (!done) return { done, value };
      this.end(true);
      return { done, value: undefined };
    } catch (e) {
      this.end(false);
      throw e;
    }
  }

  /** Nobody wants more. */
  async cancel(): Promise<void> {
    this.end(false);
    await this.reader.cancel();
  }

  close(): void {
    void this.cancel().catch(() => undefined);
  }

  [DISPOSE](): void {
    this.close();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for (let next = await this.read(); next.done !== true; next = await this.read()) yield next.value;
    } finally {
      this.close();
    }
  }
}

/** The bodies that components gave. The shims do not stop reading them when their own reader is stopped. */
const bodies = new WeakMap<object, BodyReader>();

/** The published shims' `wasi:http/types`, with streams and futures as components in JavaScript have them. */
export function httpTypes<T extends HttpTypes>(types: T): T {
  return { ...types, Request: adapted(types.Request, false), Response: adapted(types.Response, true) };
}

function adapted(Message: MessageClass, isResponse: boolean): MessageClass {
  return class extends Message {
    static override new(headers: unknown, contents: unknown, trailers: Settled, ...rest: unknown[]): [object, Settled] {
      const body = contents instanceof ReadableStream ? new BodyReader(contents) : undefined;
      const [message, sent] = super.new(headers, body ?? contents, trailers, ...rest);
      if (body !== undefined) bodies.set(message, body);
      // The shims do not know when a response was sent, or say that it was before they have begun.
      return [message, isResponse ? sending(body) : sent];
    }

    static override consumeBody(message: object, read: Settled): [ReadableStream<Uint8Array>, Promise<Outcome>] {
      const [contents, trailers] = super.consumeBody(message, read);
      return reading(piecesOf(contents), trailers, bodies.get(message));
    }
  };
}

async function sending(body: BodyReader | undefined): Promise<Outcome> {
  const all = body === undefined || (await body.ended);
  return all ? { tag: 'ok' } : { tag: 'err', val: { tag: 'connection-terminated' } };
}

/** A body to read, and its trailers. A stream of WASI's does not break: it ends, and the trailers say why. */
function reading(
  pieces: Pieces,
  trailers: Settled,
  origin: BodyReader | undefined,
): [ReadableStream<Uint8Array>, Promise<Outcome>] {
  let end!: (early?: Outcome) => void;
  const ended = new Promise<Outcome | undefined>((resolve) => (end = resolve));
  const outcome = outcomeOf(trailers);
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const piece = await pieces.next();
          if (piece !== undefined) return controller.enqueue(piece);
          end();
        } catch (e) {
          end({ tag: 'err', val: codeOf(e) });
        }
        controller.close();
      },
      cancel() {
        end({ tag: 'ok' });
        pieces.stop();
        origin?.close();
      },
    },
    { highWaterMark: 0 },
  );
  return [stream, ended.then((early) => early ?? outcome)];
}

async function outcomeOf(trailers: Settled): Promise<Outcome> {
  try {
    const value = await trailers;
    return isTagged(value) ? (value as Outcome) : { tag: 'ok' };
  } catch (e) {
    return { tag: 'err', val: codeOf(e) };
  }
}

const isTagged = (v: unknown): v is { tag: string } =>
  typeof v === 'object' && v !== null && 'tag' in v && typeof v.tag === 'string';

/** An exception as an `error-code`. */
function codeOf(e: unknown): unknown {
  if (isTagged(e)) return e;
  const payload = e instanceof Error && 'payload' in e ? e.payload : undefined;
  return isTagged(payload) ? payload : { tag: 'internal-error', val: String(e) };
}

/** Where a body comes from. */
interface Pieces {
  next(): Promise<Uint8Array | undefined>;
  stop(): void;
}

/** What the shims read with, and what browsers do. */
interface Reader {
  read(): Promise<unknown>;
  cancel(): Promise<unknown>;
}

/** A body of the shims' is nothing if it is empty. */
function piecesOf(contents: unknown): Pieces {
  if (contents === undefined || contents === null) return { next: async () => undefined, stop: () => undefined };
  const reader = (contents instanceof ReadableStream ? contents.getReader() : contents) as Reader;
  return {
    async next() {
      const next = await reader.read();
      const result = typeof next === 'object' && next !== null && 'done' in next ? (next as IteratorResult<unknown>) : undefined;
      if (result === undefined) return next === null ? undefined : bytesOf(next);
      return result.done === true ? undefined : bytesOf(result.value);
    },
    stop: () => void Promise.resolve(reader.cancel()).catch(() => undefined),
  };
}

/** The shim for browsers gives some bodies byte by byte. */
function bytesOf(piece: unknown): Uint8Array {
  if (piece instanceof Uint8Array) return piece;
  if (typeof piece === 'number') return Uint8Array.of(piece);
  throw new TypeError('expected a body in pieces that are a Uint8Array');
}

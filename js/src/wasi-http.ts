import { type Outcome, type Settled, isTagged, payload, reading } from './wasi-streams.js';

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
      return reading(contents, trailers, codeOf, bodies.get(message));
    }
  };
}

async function sending(body: BodyReader | undefined): Promise<Outcome> {
  const all = body === undefined || (await body.ended);
  return all ? { tag: 'ok' } : { tag: 'err', val: { tag: 'connection-terminated' } };
}

/** An exception as an `error-code`. */
function codeOf(e: unknown): unknown {
  if (isTagged(e)) return e;
  const code = payload(e);
  return isTagged(code) ? code : { tag: 'internal-error', val: String(e) };
}

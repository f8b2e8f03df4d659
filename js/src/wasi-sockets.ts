import { type Outcome, type Pieces, type Settled, isTagged, outcomeOf, payload, piecesOf, reading } from './wasi-streams.js';

/** A socket of the published shims'. */
interface Tcp {
  listen(): unknown;
  send(data: unknown): Settled;
  receive(): [contents: unknown, end: Settled];
  [Symbol.dispose]?(): void;
}

/** Its class. */
interface TcpClass {
  new (...made: never[]): Tcp;
  create(family: string): Tcp;
}

/** As much of `wasi:sockets/types` as is adapted. */
export interface SocketTypes {
  readonly TcpSocket: TcpClass;
}

const DISPOSE: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for('dispose');

/** An exception as an `error-code`. */
function codeOf(e: unknown): unknown {
  const code = payload(e);
  return isTagged(code) ? code : { tag: 'other', val: String(e) };
}

/** Connections as they come. */
class Accepted<S extends Tcp> implements AsyncIterableIterator<S, undefined> {
  private readonly pieces: Pieces;
  private readonly adopt: (socket: Tcp) => S;
  private over = false;
  private close: (() => void) | undefined = undefined;

  constructor(contents: unknown, adopt: (socket: Tcp) => S) {
    this.pieces = piecesOf(contents);
    this.adopt = adopt;
  }

  async next(): Promise<IteratorResult<S, undefined>> {
    const socket = (await this.pieces.next().catch(() => undefined)) as Tcp | undefined;
    if (socket === undefined) this.end();
    else if (this.over) socket[DISPOSE]?.();
    else return { done: false, value: this.adopt(socket) };
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<S, undefined>> {
    this.pieces.stop();
    this.end();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private end(): void {
    this.over = true;
    this.close?.();
    this.close = undefined;
  }

  /** Calls a function when nobody wants connections any more. */
  after(close: () => void): void {
    if (this.over) close();
    else this.close = close;
  }
}

/** The published shims' `wasi:sockets/types`, with streams and futures as components in JavaScript have them. */
export function socketTypes<T extends SocketTypes>(types: T): T {
  const Shim: TcpClass = types.TcpSocket;

  /** The shims make objects of their own class. Nobody else has them, so they become ones of this. */
  class TcpSocket extends Shim {
    private declare accepted?: Accepted<TcpSocket>;

    static override create(family: string): TcpSocket {
      return TcpSocket.of(super.create(family));
    }

    private static of(socket: Tcp): TcpSocket {
      return Object.setPrototypeOf(socket, TcpSocket.prototype) as TcpSocket;
    }

    override listen(): AsyncIterable<TcpSocket> {
      this.accepted = new Accepted(super.listen(), (socket) => TcpSocket.of(socket));
      return this.accepted;
    }

    override async send(data: ReadableStream<Uint8Array>): Promise<Outcome> {
      const outcome = await outcomeOf(super.send(data), codeOf);
      // What the shim refuses it does not read, and the component would wait for ever.
      if (outcome.tag === 'err' && !data.locked) void data.cancel().catch(() => undefined);
      return outcome;
    }

    override receive(): [ReadableStream<Uint8Array>, Promise<Outcome>] {
      const [contents, end] = super.receive();
      return reading(contents, end, codeOf);
    }

    /** The stream of connections keeps the socket open. */
    override [DISPOSE](): void {
      const close = () => super[DISPOSE]?.();
      if (this.accepted === undefined) close();
      else this.accepted.after(close);
    }
  }
  return { ...types, TcpSocket };
}

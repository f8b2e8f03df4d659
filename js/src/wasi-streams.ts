/** A `result`, as futures have it. */
export type Outcome<T = unknown> = { tag: 'ok'; val?: T } | { tag: 'err'; val: unknown };

/** A future of the shims': some are not results, but rejected or not. */
export type Settled = PromiseLike<unknown>;

/**
 * What a stream of the shims' gives, and its future. A stream of WASI's does not break: it ends, and the future says why.
 * Nor does the future of the shims' tell of a reader who goes away: `origin` is told.
 */
export function reading(
  contents: unknown,
  settled: Settled,
  errorOf: (e: unknown) => unknown,
  origin?: { close(): void },
): [ReadableStream<Uint8Array>, Promise<Outcome>] {
  const pieces = piecesOf(contents);
  let end!: (early?: Outcome) => void;
  const ended = new Promise<Outcome | undefined>((resolve) => (end = resolve));
  const outcome = outcomeOf(settled, errorOf);
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const piece = await pieces.next();
          if (piece !== undefined) return controller.enqueue(bytesOf(piece));
          end();
        } catch (e) {
          end({ tag: 'err', val: errorOf(e) });
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

/** How something ended. */
export async function outcomeOf(settled: Settled, errorOf: (e: unknown) => unknown): Promise<Outcome> {
  try {
    const value = await settled;
    return isTagged(value) ? (value as Outcome) : { tag: 'ok' };
  } catch (e) {
    return { tag: 'err', val: errorOf(e) };
  }
}

/** Whether a value is a case of a variant. */
export const isTagged = (v: unknown): v is { tag: string } =>
  typeof v === 'object' && v !== null && 'tag' in v && typeof v.tag === 'string';

/** What an exception of the shims' says of a function's `result`. */
export const payload = (e: unknown): unknown => (e instanceof Error && 'payload' in e ? e.payload : undefined);

/** Where the elements of a stream come from, in pieces. */
export interface Pieces {
  /** The next piece; nothing at the end. */
  next(): Promise<unknown>;
  stop(): void;
}

/** What the shims read with, and what browsers do. */
interface Reader {
  read(): Promise<unknown>;
  cancel(): Promise<unknown>;
}

/** What a stream of the shims' gives. It is nothing if it is empty. */
export function piecesOf(contents: unknown): Pieces {
  if (contents === undefined || contents === null) return { next: async () => undefined, stop: () => undefined };
  const reader = (contents instanceof ReadableStream ? contents.getReader() : contents) as Reader;
  return {
    async next() {
      const next = await reader.read();
      const result = typeof next === 'object' && next !== null && 'done' in next ? (next as IteratorResult<unknown>) : undefined;
      if (result === undefined) return next ?? undefined;
      return result.done === true ? undefined : result.value;
    },
    stop: () => void Promise.resolve(reader.cancel()).catch(() => undefined),
  };
}

/** The shims for browsers give some streams byte by byte. */
function bytesOf(piece: unknown): Uint8Array {
  if (piece instanceof Uint8Array) return piece;
  if (typeof piece === 'number') return Uint8Array.of(piece);
  throw new TypeError('expected bytes in pieces that are a Uint8Array');
}

/** A `result` that is not what a function returns: those throw. */
export type Result<T, E> = { tag: 'ok'; val: T } | { tag: 'err'; val: E };

/** An `option` of an `option`. */
export type Option<T> = { tag: 'none' } | { tag: 'some'; val: T };

/** What can be said with every call of an asynchronous function. */
export interface CallOptions {
  /** Cancels the call. */
  signal?: AbortSignal | undefined;
}

/** What an asynchronous import is told of its call. */
export interface Call {
  /** Aborted when the component cancels the call: nobody waits for the result any more. */
  readonly signal: AbortSignal;
}

/** What bytes can be read from. */
export type ByteSource = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> | Iterable<Uint8Array> | Uint8Array;

/** What values can be read from. An array is written at once. */
export type Source<T> = AsyncIterable<T> | Iterable<T> | ReadableStream<T>;

/** An error of a component, for people to read. */
export interface ErrorContext {
  readonly debugMessage: string;
}

/** A stream or a future that a component gave away. */
export interface Untouched {
  /** Drops it, unless somebody has begun to read it. */
  abandon(): void;
}

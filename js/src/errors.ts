/** What a component's function returned as the error of its `result`. */
export class ComponentError<T = unknown> extends Error {
  /** The error, as its WIT type says. */
  readonly payload: T;

  constructor(payload: T, message = describe(payload)) {
    super(message);
    this.name = new.target.name;
    this.payload = payload;
  }
}

/** A broken rule of the component model. The component that broke it cannot be used any more. */
export class Trap extends WebAssembly.RuntimeError {
  override readonly name = 'Trap';
}

/** An error with what led to it, if that is known. */
export function because<E extends Error>(error: E, cause: unknown): E {
  if (cause !== undefined) error.cause = cause;
  return error;
}

/** What of an exception that an import threw is the error of its `result`. An exception that is none is thrown on. */
export function payloadOf(thrown: unknown): unknown {
  if (thrown instanceof Error) {
    if ('payload' in thrown) return thrown.payload;
    throw thrown;
  }
  return thrown;
}

/** What an import gives, as the `result` that its function has: what it throws may be the error. */
export function attempt<T>(call: () => T): { tag: 'ok'; val: T } | { tag: 'err'; val: unknown } {
  try {
    return { tag: 'ok', val: call() };
  } catch (e) {
    return { tag: 'err', val: payloadOf(e) };
  }
}

/** A value in a message: short, and without calling into it. */
export function describe(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
    case 'bigint':
      return `${value}n`;
    case 'function':
      return 'a function';
    case 'object':
      break;
    default:
      return String(value);
  }
  if (value === null) return 'null';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if ('tag' in value && typeof value.tag === 'string') {
    return 'val' in value && value.val !== undefined ? `${value.tag}: ${describe(value.val)}` : value.tag;
  }
  const name: unknown = value.constructor?.name;
  return typeof name === 'string' && name !== 'Object' ? `a value of class ${name}` : 'an object';
}

/** What a component's function returned as the error of its `result`. */
export declare class ComponentError<T = unknown> extends Error {
    /** The error, as its WIT type says. */
    readonly payload: T;
    constructor(payload: T, message?: string);
}
/** A broken rule of the component model. The component that broke it cannot be used any more. */
export declare class Trap extends WebAssembly.RuntimeError {
    readonly name = "Trap";
}
/** An error with what led to it, if that is known. */
export declare function because<E extends Error>(error: E, cause: unknown): E;
/** What of an exception that an import threw is the error of its `result`. An exception that is none is thrown on. */
export declare function payloadOf(thrown: unknown): unknown;
/** What an import gives, as the `result` that its function has: what it throws may be the error. */
export declare function attempt<T>(call: () => T): {
    tag: 'ok';
    val: T;
} | {
    tag: 'err';
    val: unknown;
};
/** A value in a message: short, and without calling into it. */
export declare function describe(value: unknown): string;

import type { Instance } from './instance.js';
import type { ErrorContext } from './types.js';
/** `error-context.new`. */
export declare function errorContextNew(inst: Instance, message: string): number;
/** `error-context.debug-message`. */
export declare function errorContextMessage(inst: Instance, index: number): string;
/** `error-context.drop`. */
export declare function errorContextDrop(inst: Instance, index: number): void;
/** A component gives an error context. */
export declare function liftErrorContext(inst: Instance, index: number): ErrorContext;
/** A component is given an error context. */
export declare function lowerErrorContext(inst: Instance, v: ErrorContext, field?: string): number;
/** An error context goes from one inner component to another: both have it. */
export declare function transferErrorContext(tables: Instance[], index: number, from: number, to: number): number;

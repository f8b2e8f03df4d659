import type { Instance } from './instance.js';
import { tableOf } from './table.js';
import type { ErrorContext } from './types.js';

/** An error, with what a component says about it. */
class Context implements ErrorContext {
  readonly debugMessage: string;

  constructor(debugMessage: string) {
    this.debugMessage = debugMessage;
  }
}

function contextAt(inst: Instance, index: number): Context {
  const entry = tableOf(inst).get(index);
  return entry instanceof Context ? entry : inst.root.trap(`handle index ${index >>> 0} is not an error context`);
}

/** `error-context.new`. */
export function errorContextNew(inst: Instance, message: string): number {
  if (inst.locked) inst.root.stuck('error-context.new');
  return tableOf(inst).add(new Context(message), inst.root);
}

/** `error-context.debug-message`. */
export function errorContextMessage(inst: Instance, index: number): string {
  if (inst.locked) inst.root.stuck('error-context.debug-message');
  return contextAt(inst, index).debugMessage;
}

/** `error-context.drop`. */
export function errorContextDrop(inst: Instance, index: number): void {
  if (inst.locked) inst.root.stuck('error-context.drop');
  contextAt(inst, index);
  tableOf(inst).remove(index);
}

/** A component gives an error context. */
export function liftErrorContext(inst: Instance, index: number): ErrorContext {
  return contextAt(inst, index);
}

/** A component is given an error context. */
export function lowerErrorContext(inst: Instance, v: ErrorContext, field?: string): number {
  if (typeof v?.debugMessage !== 'string') inst.root.reject('error-context', v, field);
  const context = v instanceof Context ? v : new Context(v.debugMessage);
  return tableOf(inst).add(context, inst.root);
}

/** An error context goes from one inner component to another: both have it. */
export function transferErrorContext(tables: Instance[], index: number, from: number, to: number): number {
  const context = contextAt(tables[from]!, index);
  return tableOf(tables[to]!).add(context, tables[to]!.root);
}

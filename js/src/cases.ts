import { noCase } from './checks.js';
import type { Instance } from './instance.js';
import type { Memory } from './memory.js';

/** Stores whether an option has a value, and says so. */
export function storeSome(m: Memory, p: number, v: unknown): boolean {
  const some = v !== undefined && v !== null;
  m.dv.setUint8(p, some ? 1 : 0);
  return some;
}

/** Stores what of both the outcome of an import is, and says whether it is the value. */
export function storeOk(m: Memory, p: number, v: { tag: string }): boolean {
  const ok = v.tag === 'ok';
  m.dv.setUint8(p, ok ? 0 : 1);
  return ok;
}

/** The same for a result that somebody gives, if it is one. */
export function storeResult(m: Memory, p: number, v: { tag: string }, type: string, field?: string): boolean {
  return v?.tag === 'ok' || v?.tag === 'err' ? storeOk(m, p, v) : m.cx.reject(type, v, field);
}

/** Whether a discriminant is the second of two. */
export function isSecond(d: number, type: string, cx: Instance): boolean {
  return d === 1 || (d !== 0 && noCase(d, type, cx));
}

/** The number of a variant's case. */
export function caseIndex(
  names: readonly string[],
  v: { tag: string },
  type: string,
  cx: Instance,
  field?: string,
): number {
  const d = names.indexOf(v?.tag);
  return d < 0 ? cx.reject(type, v, field) : d;
}

/** How payloads are stored, loaded, or lifted, by the number of their case. */
type Payloads<F> = Readonly<Record<number, F>>;

/** Stores a variant with cases that have no payload, and some that have. */
export function storeCase(
  m: Memory,
  v: { tag: string; val?: unknown },
  p: number,
  offset: number,
  names: readonly string[],
  stores: Payloads<(m: Memory, v: unknown, p: number, field: string) => void>,
  type: string,
  field?: string,
): void {
  const d = caseIndex(names, v, type, m.cx, field);
  m.dv.setUint8(p, d);
  const store = stores[d];
  if (store !== undefined) store(m, v.val, p + offset, `${type}.${v.tag}`);
}

/** Loads one. */
export function loadCase(
  m: Memory,
  p: number,
  offset: number,
  names: readonly string[],
  loads: Payloads<(m: Memory, p: number) => unknown>,
  type: string,
): unknown {
  const d = m.dv.getUint8(p);
  const tag = names[d] ?? noCase(d, type, m.cx);
  const load = loads[d];
  return load === undefined ? { tag } : { tag, val: load(m, p + offset) };
}

/** Lifts one that came as core values. */
export function liftCase<T extends readonly unknown[]>(
  names: readonly string[],
  lifts: Payloads<(m: Memory, ...core: T) => unknown>,
  type: string,
  m: Memory,
  d: number,
  ...core: T
): unknown {
  const tag = names[d] ?? noCase(d, type, m.cx);
  const lift = lifts[d];
  return lift === undefined ? { tag } : { tag, val: lift(m, ...core) };
}

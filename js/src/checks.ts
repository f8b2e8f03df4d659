import { type Instance, reject } from './instance.js';

/** Where a value is checked: the function's name, or the instance that knows it. */
type Where = string | Instance;

function bad(type: string, value: unknown, at: Where, field?: string): never {
  return typeof at === 'string' ? reject(type, value, at) : at.reject(type, value, field);
}

export const s8 = (v: number, at: Where, field?: string): number => ((v << 24) >> 24 === v ? v : bad('s8', v, at, field));
export const u8 = (v: number, at: Where, field?: string): number => ((v & 0xff) === v ? v : bad('u8', v, at, field));
export const s16 = (v: number, at: Where, field?: string): number =>
  (v << 16) >> 16 === v ? v : bad('s16', v, at, field);
export const u16 = (v: number, at: Where, field?: string): number => ((v & 0xffff) === v ? v : bad('u16', v, at, field));
export const s32 = (v: number, at: Where, field?: string): number => ((v | 0) === v ? v : bad('s32', v, at, field));
export const u32 = (v: number, at: Where, field?: string): number => (v >>> 0 === v ? v : bad('u32', v, at, field));
export const s64 = (v: bigint, at: Where, field?: string): bigint =>
  typeof v === 'bigint' && BigInt.asIntN(64, v) === v ? v : bad('s64', v, at, field);
export const u64 = (v: bigint, at: Where, field?: string): bigint =>
  typeof v === 'bigint' && BigInt.asUintN(64, v) === v ? v : bad('u64', v, at, field);
export const f32 = (v: number, at: Where, field?: string): number =>
  typeof v === 'number' ? v : bad('f32', v, at, field);
export const f64 = (v: number, at: Where, field?: string): number =>
  typeof v === 'number' ? v : bad('f64', v, at, field);
export const bool = (v: boolean, at: Where, field?: string): number =>
  typeof v === 'boolean' ? (v ? 1 : 0) : bad('bool', v, at, field);

/** A string of one character, which is no surrogate, as its number. */
export function char(v: string, at: Where, field?: string): number {
  const code = typeof v === 'string' ? v.codePointAt(0) : undefined;
  if (code === undefined || v.length !== (code > 0xffff ? 2 : 1) || (code & 0xfffff800) === 0xd800) {
    bad('char', v, at, field);
  }
  return code;
}

/** The character of a number that a component gave. */
export function toChar(code: number, cx: Instance): string {
  code >>>= 0;
  if (code > 0x10ffff || (code & 0xfffff800) === 0xd800) cx.trap(`${code} is not a char`);
  return String.fromCodePoint(code);
}

/** The number of a name in an enum. */
export function enumIndex(names: readonly string[], v: string, type: string, at: Where, field?: string): number {
  const index = names.indexOf(v);
  return index < 0 ? bad(type, v, at, field) : index;
}

/** The name of a number in an enum. */
export function enumName(names: readonly string[], index: number, type: string, cx: Instance): string {
  return names[index] ?? noCase(index, type, cx);
}

/** A variant has no such case. */
export function noCase(index: number, type: string, cx: Instance): never {
  cx.trap(`${type} has no case ${index >>> 0}`);
}

/** A value must be an object, to have fields. */
export function record<T extends object>(v: T, type: string, at: Where, field?: string): T {
  return typeof v === 'object' && v !== null ? v : bad(type, v, at, field);
}

/** A value must be an array, of a length if that is given. */
export function array<T extends readonly unknown[]>(v: T, type: string, at: Where, field?: string, n = -1): T {
  return Array.isArray(v) && (n < 0 || v.length === n) ? v : bad(type, v, at, field);
}

/** A value's `tag` is none of its type's. */
export function badTag(v: unknown, type: string, at: Where, field?: string): never {
  bad(type, v, at, field);
}

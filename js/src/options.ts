// Options of what most components have options of: three functions for each type, as generated code has them for all others.

import { isSecond, storeSome } from './cases.js';
import { bool, f64, s32, s64, u16, u32, u64, u8 } from './checks.js';
import { storePair } from './lists.js';
import type { Memory } from './memory.js';
import { liftUtf8, lowerUtf8 } from './utf8.js';

/** What is at an address says whether there is a value. */
const some = (m: Memory, p: number, type: string) => isSecond(m.dv.getUint8(p), type, m.cx);

export function storeOptionString(m: Memory, v: string | undefined, p: number, field?: string): void {
  if (storeSome(m, p, v)) storePair(m, p + 4, lowerUtf8(m, v!, field), m.len);
}

export function loadOptionString(m: Memory, p: number): string | undefined {
  if (!some(m, p, 'option<string>')) return undefined;
  const { dv } = m;
  return liftUtf8(m, dv.getUint32(p + 4, true), dv.getUint32(p + 8, true));
}

export function liftOptionString(m: Memory, d: number, ptr: number, len: number): string | undefined {
  return isSecond(d, 'option<string>', m.cx) ? liftUtf8(m, ptr, len) : undefined;
}

export function storeOptionBool(m: Memory, v: boolean | undefined, p: number, field?: string): void {
  if (storeSome(m, p, v)) m.dv.setUint8(p + 1, bool(v!, m.cx, field));
}

export function loadOptionBool(m: Memory, p: number): boolean | undefined {
  return some(m, p, 'option<bool>') ? m.dv.getUint8(p + 1) !== 0 : undefined;
}

export function liftOptionBool(m: Memory, d: number, x: number): boolean | undefined {
  return isSecond(d, 'option<bool>', m.cx) ? x !== 0 : undefined;
}

export function storeOptionU8(m: Memory, v: number | undefined, p: number, field?: string): void {
  if (storeSome(m, p, v)) m.dv.setUint8(p + 1, u8(v!, m.cx, field));
}

export function loadOptionU8(m: Memory, p: number): number | undefined {
  return some(m, p, 'option<u8>') ? m.dv.getUint8(p + 1) : undefined;
}

export function liftOptionU8(m: Memory, d: number, x: number): number | undefined {
  return isSecond(d, 'option<u8>', m.cx) ? x & 0xff : undefined;
}

export function storeOptionU16(m: Memory, v: number | undefined, p: number, field?: string): void {
  if (storeSome(m, p, v)) m.dv.setUint16(p + 2, u16(v!, m.cx, field), true);
}

export function loadOptionU16(m: Memory, p: number): number | undefined {
  return some(m, p, 'option<u16>') ? m.dv.getUint16(p + 2, true) : undefined;
}

export function liftOptionU16(m: Memory, d: number, x: number): number | undefined {
  return isSecond(d, 'option<u16>', m.cx) ? x & 0xffff : undefined;
}

export function storeOptionU32(m: Memory, v: number | undefined, p: number, field?: string): void {
  if (storeSome(m, p, v)) m.dv.setUint32(p + 4, u32(v!, m.cx, field), true);
}

export function loadOptionU32(m: Memory, p: number): number | undefined {
  return some(m, p, 'option<u32>') ? m.dv.getUint32(p + 4, true) : undefined;
}

export function liftOptionU32(m: Memory, d: number, x: number): number | undefined {
  return isSecond(d, 'option<u32>', m.cx) ? x >>> 0 : undefined;
}

export function storeOptionS32(m: Memory, v: number | undefined, p: number, field?: string): void {
  if (storeSome(m, p, v)) m.dv.setInt32(p + 4, s32(v!, m.cx, field), true);
}

export function loadOptionS32(m: Memory, p: number): number | undefined {
  return some(m, p, 'option<s32>') ? m.dv.getInt32(p + 4, true) : undefined;
}

export function liftOptionS32(m: Memory, d: number, x: number): number | undefined {
  return isSecond(d, 'option<s32>', m.cx) ? x : undefined;
}

export function storeOptionU64(m: Memory, v: bigint | undefined, p: number, field?: string): void {
  if (storeSome(m, p, v)) m.dv.setBigUint64(p + 8, u64(v!, m.cx, field), true);
}

export function loadOptionU64(m: Memory, p: number): bigint | undefined {
  return some(m, p, 'option<u64>') ? m.dv.getBigUint64(p + 8, true) : undefined;
}

export function liftOptionU64(m: Memory, d: number, x: bigint): bigint | undefined {
  return isSecond(d, 'option<u64>', m.cx) ? BigInt.asUintN(64, x) : undefined;
}

export function storeOptionS64(m: Memory, v: bigint | undefined, p: number, field?: string): void {
  if (storeSome(m, p, v)) m.dv.setBigInt64(p + 8, s64(v!, m.cx, field), true);
}

export function loadOptionS64(m: Memory, p: number): bigint | undefined {
  return some(m, p, 'option<s64>') ? m.dv.getBigInt64(p + 8, true) : undefined;
}

export function liftOptionS64(m: Memory, d: number, x: bigint): bigint | undefined {
  return isSecond(d, 'option<s64>', m.cx) ? x : undefined;
}

export function storeOptionF64(m: Memory, v: number | undefined, p: number, field?: string): void {
  if (storeSome(m, p, v)) m.dv.setFloat64(p + 8, f64(v!, m.cx, field), true);
}

export function loadOptionF64(m: Memory, p: number): number | undefined {
  return some(m, p, 'option<f64>') ? m.dv.getFloat64(p + 8, true) : undefined;
}

export function liftOptionF64(m: Memory, d: number, x: number): number | undefined {
  return isSecond(d, 'option<f64>', m.cx) ? x : undefined;
}

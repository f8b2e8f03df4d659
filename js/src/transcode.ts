import type { Memory } from './memory.js';

// Adapters check addresses. Lengths are in the units of their side.

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const utf16 = new TextDecoder('utf-16le', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** Marks the length of a string that may be Latin-1 and is UTF-16. */
const UTF16 = 0x80000000;

function bytes(m: Memory, ptr: number, n: number): Uint8Array<ArrayBuffer> {
  return m.u8.subarray(ptr >>> 0, (ptr >>> 0) + (n >>> 0));
}

function units(m: Memory, ptr: number, n: number): Uint16Array {
  return new Uint16Array(m.u8.buffer, ptr >>> 0, n >>> 0);
}

function text8(m: Memory, ptr: number, n: number): string {
  try {
    return utf8.decode(bytes(m, ptr, n));
  } catch {
    return m.cx.trap('string is not valid UTF-8');
  }
}

function text16(m: Memory, ptr: number, n: number): string {
  try {
    return utf16.decode(bytes(m, ptr, (n >>> 0) * 2));
  } catch {
    return m.cx.trap('string is not valid UTF-16');
  }
}

function put(to: Uint16Array, s: string, from = 0): void {
  for (let i = 0; i < s.length; i++) to[from + i] = s.charCodeAt(i);
}

export function copyUtf8(from: Memory, to: Memory, src: number, n: number, dst: number): void {
  text8(from, src, n);
  bytes(to, dst, n).set(bytes(from, src, n));
}

export function copyUtf16(from: Memory, to: Memory, src: number, n: number, dst: number): void {
  text16(from, src, n);
  units(to, dst, n).set(units(from, src, n));
}

export function copyLatin1(from: Memory, to: Memory, src: number, n: number, dst: number): void {
  bytes(to, dst, n).set(bytes(from, src, n));
}

export function latin1ToUtf16(from: Memory, to: Memory, src: number, n: number, dst: number): void {
  units(to, dst, n).set(bytes(from, src, n));
}

export function latin1ToUtf8(from: Memory, to: Memory, src: number, n: number, dst: number, room: number): number[] {
  const source = bytes(from, src, n);
  const target = bytes(to, dst, room);
  let written = 0;
  for (let i = 0; i < source.length; i++) {
    const c = source[i]!;
    if (written + (c > 0x7f ? 2 : 1) > target.length) return [i, written];
    if (c > 0x7f) {
      target[written++] = 0xc0 | (c >> 6);
      target[written++] = 0x80 | (c & 0x3f);
    } else {
      target[written++] = c;
    }
  }
  return [source.length, written];
}

export function utf16ToUtf8(from: Memory, to: Memory, src: number, n: number, dst: number, room: number): number[] {
  const { read, written } = encoder.encodeInto(text16(from, src, n), bytes(to, dst, room));
  return [read, written];
}

export function utf8ToUtf16(from: Memory, to: Memory, src: number, n: number, dst: number): number {
  const s = text8(from, src, n);
  put(units(to, dst, s.length), s);
  return s.length;
}

/** How much of a string is Latin-1. */
function latin1Prefix(s: string): number {
  let i = 0;
  while (i < s.length && s.charCodeAt(i) <= 0xff) i++;
  return i;
}

function putLatin1(to: Uint8Array, s: string, n: number): void {
  for (let i = 0; i < n; i++) to[i] = s.charCodeAt(i);
}

export function utf8ToLatin1(from: Memory, to: Memory, src: number, n: number, dst: number): number[] {
  const s = text8(from, src, n);
  const written = latin1Prefix(s);
  putLatin1(bytes(to, dst, written), s, written);
  return [encoder.encode(s.slice(0, written)).length, written];
}

export function utf16ToLatin1(from: Memory, to: Memory, src: number, n: number, dst: number): number[] {
  const s = text16(from, src, n);
  const written = latin1Prefix(s);
  putLatin1(bytes(to, dst, written), s, written);
  return [written, written];
}

/** Widens what is Latin-1 so far, and appends the rest. */
function widen(to: Memory, dst: number, rest: string, latin1: number): number {
  const all = units(to, dst, latin1 + rest.length);
  for (let i = latin1 - 1; i >= 0; i--) all[i] = to.u8[(dst >>> 0) + i]!;
  put(all, rest, latin1);
  return latin1 + rest.length;
}

export function utf8ToCompactUtf16(
  from: Memory,
  to: Memory,
  src: number,
  n: number,
  dst: number,
  _room: number,
  latin1: number,
): number {
  return widen(to, dst, text8(from, src, n), latin1);
}

export function utf16ToCompactUtf16(
  from: Memory,
  to: Memory,
  src: number,
  n: number,
  dst: number,
  _room: number,
  latin1: number,
): number {
  return widen(to, dst, text16(from, src, n), latin1);
}

export function utf16ToCompactProbablyUtf16(from: Memory, to: Memory, src: number, n: number, dst: number): number {
  const s = text16(from, src, n);
  if (latin1Prefix(s) === s.length) {
    putLatin1(bytes(to, dst, s.length), s, s.length);
    return s.length;
  }
  put(units(to, dst, s.length), s);
  return s.length | UTF16;
}

import type { Memory } from './memory.js';

const decoder = new TextDecoder('utf-16le', { fatal: true, ignoreBOM: true });

/** How many characters `String.fromCharCode` takes at once. */
const MANY = 4096;

/** Set in the length of a string that may be Latin-1 and is UTF-16. */
const UTF16 = 0x80000000;

/** Copies a string into memory as UTF-16; its length in units is `m.len`. */
export function lowerUtf16(m: Memory, s: string, field?: string): number {
  if (typeof s !== 'string') m.cx.reject('string', s, field);
  s = s.toWellFormed();
  const units = s.length;
  const ptr = m.alloc(2, units * 2);
  const to = new Uint16Array(m.u8.buffer, ptr, units);
  for (let i = 0; i < units; i++) to[i] = s.charCodeAt(i);
  m.len = units;
  return ptr;
}

/** The UTF-16 string at a place in memory. */
export function liftUtf16(m: Memory, ptr: number, len: number): string {
  const size = (len >>> 0) * 2;
  ptr = m.at(ptr, 2, size, 'string');
  try {
    return decoder.decode(m.u8.subarray(ptr, ptr + size));
  } catch {
    return m.cx.trap('string is not valid UTF-16');
  }
}

/** Copies a string into memory, as Latin-1 if that can hold it and as UTF-16 if not. */
export function lowerLatin1(m: Memory, s: string, field?: string): number {
  if (typeof s !== 'string') m.cx.reject('string', s, field);
  const units = s.length;
  for (let i = 0; i < units; i++) {
    if (s.charCodeAt(i) > 0xff) {
      const ptr = lowerUtf16(m, s);
      m.len = (m.len | UTF16) >>> 0;
      return ptr;
    }
  }
  const ptr = m.alloc(2, units);
  const { u8 } = m;
  for (let i = 0; i < units; i++) u8[ptr + i] = s.charCodeAt(i);
  m.len = units;
  return ptr;
}

/** The string at a place in memory, whose length says which encoding it has. */
export function liftLatin1(m: Memory, ptr: number, len: number): string {
  if ((len & UTF16) !== 0) return liftUtf16(m, ptr, len ^ UTF16);
  len >>>= 0;
  ptr = m.at(ptr, 2, len, 'string');
  const { u8 } = m;
  let s = '';
  for (let i = ptr; i < ptr + len; i += MANY) {
    s += String.fromCharCode(...u8.subarray(i, Math.min(i + MANY, ptr + len)));
  }
  return s;
}

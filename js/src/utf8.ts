import type { Memory } from './memory.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Up to how many bytes a loop is faster than the encoder and the decoder. */
const SHORT = 24;

/** Copies a string into memory; its length in bytes is `m.len`. */
export function lowerUtf8(m: Memory, s: string, field?: string): number {
  if (typeof s !== 'string') m.cx.reject('string', s, field);
  const units = s.length;
  if (units === 0) {
    m.len = 0;
    return 1;
  }
  const ptr = m.alloc(1, units);
  const { u8 } = m;
  if (units <= SHORT) {
    let i = 0;
    for (; i < units; i++) {
      const c = s.charCodeAt(i);
      if (c > 0x7f) return lowerLonger(m, s, ptr);
      u8[ptr + i] = c;
    }
    m.len = units;
    return ptr;
  }
  const { read, written } = encoder.encodeInto(s, u8.subarray(ptr, ptr + units));
  if (read < units) return lowerLonger(m, s, ptr);
  m.len = written;
  return ptr;
}

/** The string has more bytes in UTF-8 than it has units. */
function lowerLonger(m: Memory, s: string, ptr: number): number {
  const bytes = encoder.encode(s);
  ptr = m.realloc(ptr, s.length, 1, bytes.length);
  m.u8.set(bytes, ptr);
  m.len = bytes.length;
  return ptr;
}

/** The string at a place in memory. */
export function liftUtf8(m: Memory, ptr: number, len: number): string {
  ptr >>>= 0;
  len >>>= 0;
  const { u8 } = m;
  const end = ptr + len;
  if (end > u8.length) m.cx.trap(`string out of bounds: ${len} bytes at ${ptr}`);
  if (len <= SHORT) {
    let s = '';
    let i = ptr;
    for (; i < end; i++) {
      const c = u8[i]!;
      if (c > 0x7f) break;
      s += String.fromCharCode(c);
    }
    if (i === end) return s;
  }
  try {
    return decoder.decode(u8.subarray(ptr, end));
  } catch {
    return m.cx.trap('string is not valid UTF-8');
  }
}

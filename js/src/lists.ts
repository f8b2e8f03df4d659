import type { Elements } from './copies.js';
import type { Memory } from './memory.js';

/** The arrays that a list of numbers is. */
export type Numbers =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/** One of their classes. */
export interface NumbersClass<A> {
  new (buffer: ArrayBuffer, offset: number, length: number): A;
  readonly BYTES_PER_ELEMENT: number;
  readonly name: string;
}

/** Copies a list of numbers into memory. Its length is the value's. */
export function lowerNumbers<A extends Numbers>(
  m: Memory,
  Class: NumbersClass<A>,
  type: string,
  v: A | readonly (number | bigint)[],
  field?: string,
): number {
  const size = Class.BYTES_PER_ELEMENT;
  if (!(v instanceof Class) && !Array.isArray(v)) m.cx.reject(type, v, field);
  const ptr = m.alloc(size, v.length * size);
  storeNumbers(m, Class, type, v, ptr, field);
  return ptr;
}

/** Stores numbers: those of an ordinary array one by one, with a look at each. */
export function storeNumbers<A extends Numbers>(
  m: Memory,
  Class: NumbersClass<A>,
  type: string,
  v: A | readonly (number | bigint)[],
  ptr: number,
  field?: string,
): void {
  const to = new Class(m.u8.buffer, ptr, v.length) as unknown as (number | bigint)[] & Uint8Array;
  if (v instanceof Class) {
    to.set(v as Uint8Array);
    return;
  }
  const float = Class.name.startsWith('F');
  const kind = Class.name.startsWith('B') ? 'bigint' : 'number';
  const values = v as readonly (number | bigint)[];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (typeof value !== kind) m.cx.reject(elementOf(type), value, `${field ?? ''}[${i}]`);
    (to as (number | bigint)[])[i] = value;
    if (!float && to[i] !== value) m.cx.reject(elementOf(type), value, `${field ?? ''}[${i}]`);
  }
}

/** `list<u8>` is of `u8`, and so is `list<u8, 4>`. */
const elementOf = (type: string) => type.slice('list<'.length, -1).split(',')[0]!;

/** A copy of the list of numbers at a place in memory. */
export function liftNumbers<A extends Numbers>(
  m: Memory,
  Class: NumbersClass<A>,
  type: string,
  ptr: number,
  len: number,
): A {
  const size = Class.BYTES_PER_ELEMENT;
  len >>>= 0;
  return new Class(m.u8.buffer, m.at(ptr, size, len * size, type), len).slice() as A;
}

/** Whether a component may have a list of so many elements, and where. */
export function listAt(m: Memory, ptr: number, len: number, align: number, size: number, type: string): number {
  return m.at(ptr, align, (len >>> 0) * size, type);
}

/** Stores numbers, which are as many as there is room for. */
export function storeFixed<A extends Numbers>(
  m: Memory,
  Class: NumbersClass<A>,
  type: string,
  v: A | readonly (number | bigint)[],
  ptr: number,
  n: number,
): void {
  if (v?.length !== n) m.cx.reject(type, v);
  storeNumbers(m, Class, type, v, ptr);
}

/** Stores where something is and how long it is. */
export function storePair(m: Memory, p: number, ptr: number, len: number): void {
  const { dv } = m;
  dv.setUint32(p, ptr, true);
  dv.setUint32(p + 4, len, true);
}

/** Makes room for a list's elements, and stores where that is and how many there are. */
export function allocList(
  m: Memory,
  p: number,
  list: readonly unknown[],
  align: number,
  size: number,
  type: string,
  field?: string,
): number {
  if (!Array.isArray(list)) m.cx.reject(type, list, field);
  const to = m.alloc(align, list.length * size);
  storePair(m, p, to, list.length);
  return to;
}

/** How numbers lie in a memory, one after the other. */
export function numbersIn<A extends Numbers>(m: Memory, Class: NumbersClass<A>, type: string): Elements {
  return {
    m,
    size: Class.BYTES_PER_ELEMENT,
    align: Class.BYTES_PER_ELEMENT,
    pure: true,
    load: (p, n) => liftNumbers(m, Class, type, p, n),
    store: (p, values) => storeNumbers(m, Class, type, values as A, p),
  };
}

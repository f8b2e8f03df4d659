const view = new DataView(new ArrayBuffer(8));

/** The bits of a number of 32 bits. */
export function f32ToI32(value: number): number {
  view.setFloat32(0, value);
  return view.getInt32(0);
}

/** The number that has these bits. */
export function i32ToF32(bits: number): number {
  view.setInt32(0, bits);
  return view.getFloat32(0);
}

/** The lower half of 64 bits. */
export function i64ToI32(bits: bigint): number {
  return Number(BigInt.asIntN(32, bits));
}

/** The bits of a number of 64 bits. */
export function f64ToI64(value: number): bigint {
  view.setFloat64(0, value);
  return view.getBigInt64(0);
}

/** The number that has these bits. */
export function i64ToF64(bits: bigint): number {
  view.setBigInt64(0, bits);
  return view.getFloat64(0);
}

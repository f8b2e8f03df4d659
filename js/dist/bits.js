const view = new DataView(new ArrayBuffer(8));
export function f32ToI32(value) {
    view.setFloat32(0, value);
    return view.getInt32(0);
}
export function i32ToF32(bits) {
    view.setInt32(0, bits);
    return view.getFloat32(0);
}
export function i64ToI32(bits) {
    return Number(BigInt.asIntN(32, bits));
}
export function f64ToI64(value) {
    view.setFloat64(0, value);
    return view.getBigInt64(0);
}
export function i64ToF64(bits) {
    view.setBigInt64(0, bits);
    return view.getFloat64(0);
}

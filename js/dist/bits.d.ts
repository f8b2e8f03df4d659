/** The bits of a number of 32 bits. */
export declare function f32ToI32(value: number): number;
/** The number that has these bits. */
export declare function i32ToF32(bits: number): number;
/** The lower half of 64 bits. */
export declare function i64ToI32(bits: bigint): number;
/** The bits of a number of 64 bits. */
export declare function f64ToI64(value: number): bigint;
/** The number that has these bits. */
export declare function i64ToF64(bits: bigint): number;

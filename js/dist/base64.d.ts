/** The bytes that a base64 text stands for. */
export declare function base64(text: string): Uint8Array<ArrayBuffer>;

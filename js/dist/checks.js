import { reject } from './instance.js';
function bad(type, value, at, field) {
    return typeof at === 'string' ? reject(type, value, at) : at.reject(type, value, field);
}
export const s8 = (v, at, field) => ((v << 24) >> 24 === v ? v : bad('s8', v, at, field));
export const u8 = (v, at, field) => ((v & 0xff) === v ? v : bad('u8', v, at, field));
export const s16 = (v, at, field) => (v << 16) >> 16 === v ? v : bad('s16', v, at, field);
export const u16 = (v, at, field) => ((v & 0xffff) === v ? v : bad('u16', v, at, field));
export const s32 = (v, at, field) => ((v | 0) === v ? v : bad('s32', v, at, field));
export const u32 = (v, at, field) => (v >>> 0 === v ? v : bad('u32', v, at, field));
export const s64 = (v, at, field) => typeof v === 'bigint' && BigInt.asIntN(64, v) === v ? v : bad('s64', v, at, field);
export const u64 = (v, at, field) => typeof v === 'bigint' && BigInt.asUintN(64, v) === v ? v : bad('u64', v, at, field);
export const f32 = (v, at, field) => typeof v === 'number' ? v : bad('f32', v, at, field);
export const f64 = (v, at, field) => typeof v === 'number' ? v : bad('f64', v, at, field);
export const bool = (v, at, field) => typeof v === 'boolean' ? (v ? 1 : 0) : bad('bool', v, at, field);
export function char(v, at, field) {
    const code = typeof v === 'string' ? v.codePointAt(0) : undefined;
    if (code === undefined || v.length !== (code > 0xffff ? 2 : 1) || (code & 0xfffff800) === 0xd800) {
        bad('char', v, at, field);
    }
    return code;
}
export function toChar(code, cx) {
    code >>>= 0;
    if (code > 0x10ffff || (code & 0xfffff800) === 0xd800)
        cx.trap(`${code} is not a char`);
    return String.fromCodePoint(code);
}
export function enumIndex(names, v, type, at, field) {
    const index = names.indexOf(v);
    return index < 0 ? bad(type, v, at, field) : index;
}
export function enumName(names, index, type, cx) {
    return names[index] ?? noCase(index, type, cx);
}
export function noCase(index, type, cx) {
    cx.trap(`${type} has no case ${index >>> 0}`);
}
export function record(v, type, at, field) {
    return typeof v === 'object' && v !== null ? v : bad(type, v, at, field);
}
export function array(v, type, at, field, n = -1) {
    return Array.isArray(v) && (n < 0 || v.length === n) ? v : bad(type, v, at, field);
}
export function badTag(v, type, at, field) {
    bad(type, v, at, field);
}

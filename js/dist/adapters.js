import { beginScope, endScope, moveBorrow, moveOwn } from './resources.js';
export function mayLeave(inst) {
    const global = new WebAssembly.Global({ value: 'i32', mutable: true }, 1);
    Object.defineProperty(inst, 'locked', {
        get: () => global.value === 0,
        set: (locked) => {
            global.value = locked ? 0 : 1;
        },
    });
    return global;
}
export function transferOwn(tables, index, from, to) {
    return moveOwn(tables[from], tables[to], index);
}
export function transferBorrow(tables, index, from, to) {
    return moveBorrow(tables[from], tables[to], index);
}
export function enterScope(instances, caller) {
    beginScope(instances[caller].root);
}
export function exitScope(cx) {
    endScope(cx);
}
export function memoryCopy(from, to, dst, src, n) {
    dst >>>= 0;
    src >>>= 0;
    n >>>= 0;
    to.u8.set(from.u8.subarray(from.at(src, 1, n, 'memory'), src + n), to.at(dst, 1, n, 'memory'));
}

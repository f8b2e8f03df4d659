import type { Instance } from './instance.js';
import type { Memory } from './memory.js';
import { beginScope, endScope, type HandleTable, moveBorrow, moveOwn } from './resources.js';

/** The global by which adapters know whether an instance may be left: the instance knows it by the same. */
export function mayLeave(inst: Instance): WebAssembly.Global {
  const global = new WebAssembly.Global({ value: 'i32', mutable: true }, 1);
  Object.defineProperty(inst, 'locked', {
    get: () => global.value === 0,
    set: (locked: boolean) => {
      global.value = locked ? 0 : 1;
    },
  });
  return global;
}

/** `own` from one inner component to another. */
export function transferOwn(tables: (HandleTable | undefined)[], index: number, from: number, to: number): number {
  return moveOwn(tables[from]!, tables[to]!, index);
}

/** `borrow` from one inner component to another. */
export function transferBorrow(tables: (HandleTable | undefined)[], index: number, from: number, to: number): number {
  return moveBorrow(tables[from]!, tables[to]!, index);
}

/** A call from one inner component to another begins. */
export function enterScope(instances: Instance[], caller: number): void {
  beginScope(instances[caller]!.root);
}

/** It is done. */
export function exitScope(cx: Instance): void {
  endScope(cx);
}

/** `memory.copy` from one memory to another. */
export function memoryCopy(from: Memory, to: Memory, dst: number, src: number, n: number): void {
  dst >>>= 0;
  src >>>= 0;
  n >>>= 0;
  to.u8.set(from.u8.subarray(from.at(src, 1, n, 'memory'), src + n), to.at(dst, 1, n, 'memory'));
}

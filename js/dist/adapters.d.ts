import type { Instance } from './instance.js';
import type { Memory } from './memory.js';
import { type HandleTable } from './resources.js';
/** The global by which adapters know whether an instance may be left: the instance knows it by the same. */
export declare function mayLeave(inst: Instance): WebAssembly.Global;
/** `own` from one inner component to another. */
export declare function transferOwn(tables: (HandleTable | undefined)[], index: number, from: number, to: number): number;
/** `borrow` from one inner component to another. */
export declare function transferBorrow(tables: (HandleTable | undefined)[], index: number, from: number, to: number): number;
/** A call from one inner component to another begins. */
export declare function enterScope(instances: Instance[], caller: number): void;
/** It is done. */
export declare function exitScope(cx: Instance): void;
/** `memory.copy` from one memory to another. */
export declare function memoryCopy(from: Memory, to: Memory, dst: number, src: number, n: number): void;

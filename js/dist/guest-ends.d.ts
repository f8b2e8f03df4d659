import type { Elements } from './copies.js';
import { End, Shared } from './ends.js';
import type { Instance } from './instance.js';
/** `stream.new`, `future.new`: both handles in one number. */
export declare function makeEnds(inst: Instance, type: string): bigint;
/** A component gets an end. */
export declare function addEnd(inst: Instance, shared: Shared, readable: boolean): number;
/** An end, if the handle is one's. */
export declare function endAt(inst: Instance, type: string, readable: boolean, index: number): End;
/** Takes a readable end away from a component. */
export declare function takeEnd(inst: Instance, type: string, index: number): Shared;
/** `stream.read`, `future.read`. */
export declare function readEnd(inst: Instance, type: string, elements: Elements | undefined, async: boolean, index: number, ptr: number, n?: number): unknown;
/** `stream.write`, `future.write`. */
export declare function writeEnd(inst: Instance, type: string, elements: Elements | undefined, async: boolean, index: number, ptr: number, n?: number): unknown;
/** `stream.cancel-read`, `future.cancel-read`. */
export declare function cancelRead(inst: Instance, type: string, async: boolean, index: number): number;
/** `stream.cancel-write`, `future.cancel-write`. */
export declare function cancelWrite(inst: Instance, type: string, async: boolean, index: number): number;
/** `stream.drop-readable`, `future.drop-readable`. */
export declare function dropReadable(inst: Instance, type: string, index: number): void;
/** `stream.drop-writable`, `future.drop-writable`. */
export declare function dropWritable(inst: Instance, type: string, index: number): void;
/** An instance's ends of one type. */
export interface EndTable {
    readonly inst: Instance;
    readonly type: string;
}
/** A readable end goes from one inner component to another. */
export declare function transferEnd(tables: readonly EndTable[], index: number, from: number, to: number): number;

import { CANCELLED, type Elements, End, Shared } from './ends.js';
import type { Instance } from './instance.js';
/** `stream.new`, `future.new`: both handles in one number. */
export declare function makeEnds(inst: Instance, type: string): bigint;
/** A component gets an end. */
export declare function addEnd(inst: Instance, shared: Shared, readable: boolean): number;
/** An end, if the handle is one's. */
export declare function endAt(inst: Instance, type: string, readable: boolean, index: number): End;
/** Takes a readable end away from a component. */
export declare function takeEnd(inst: Instance, type: string, index: number): Shared;
/** Reads or writes, and says how far that got. */
export declare function copyEnd(inst: Instance, type: string, readable: boolean, elements: Elements | undefined, async: boolean, index: number, ptr: number, n: number): number;
/** Stops reading or writing. */
export declare function cancelEnd(inst: Instance, type: string, readable: boolean, async: boolean, index: number): number;
/** Drops an end. */
export declare function dropEnd(inst: Instance, type: string, readable: boolean, index: number): void;
export { CANCELLED };

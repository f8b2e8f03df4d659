import type { Call } from './types.js';
/** As much of `wasi:clocks/monotonic-clock` as is adapted. */
export interface MonotonicClock {
    now(): bigint;
    waitUntil(when: bigint, call?: Call): Promise<void>;
    waitFor(howLong: bigint, call?: Call): Promise<void>;
}
/**
 * The published shims' `wasi:clocks/monotonic-clock`, whose waits can be cancelled: a timer that nobody waits for would keep
 * Node from coming to its end.
 */
export declare function monotonicClock<T extends MonotonicClock>(clock: T): T;

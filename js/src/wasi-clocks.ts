import type { Call } from './types.js';

/** As much of `wasi:clocks/monotonic-clock` as is adapted. */
export interface MonotonicClock {
  now(): bigint;
  waitUntil(when: bigint, call?: Call): Promise<void>;
  waitFor(howLong: bigint, call?: Call): Promise<void>;
}

/** The longest that `setTimeout` waits, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

/**
 * The published shims' `wasi:clocks/monotonic-clock`, whose waits can be cancelled: a timer that nobody waits for would keep
 * Node from coming to its end.
 */
export function monotonicClock<T extends MonotonicClock>(clock: T): T {
  const waitUntil = (when: bigint, call?: Call) => passed(() => when - clock.now(), call?.signal);
  return { ...clock, waitUntil, waitFor: (howLong: bigint, call?: Call) => waitUntil(clock.now() + howLong, call) };
}

/** Waits until no time is left, which is counted in nanoseconds. */
function passed(timeLeft: () => bigint, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout>;
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const look = () => {
      const left = timeLeft();
      if (left > 0n) {
        timer = setTimeout(look, Math.min(Math.ceil(Number(left) / 1e6), LONGEST));
        return;
      }
      signal?.removeEventListener('abort', stop);
      resolve();
    };
    signal?.addEventListener('abort', stop);
    look();
  });
}

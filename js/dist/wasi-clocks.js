const LONGEST = 2 ** 31 - 1;
export function monotonicClock(clock) {
    const waitUntil = (when, call) => passed(() => when - clock.now(), call?.signal);
    return { ...clock, waitUntil, waitFor: (howLong, call) => waitUntil(clock.now() + howLong, call) };
}
function passed(timeLeft, signal) {
    return new Promise((resolve, reject) => {
        let timer;
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

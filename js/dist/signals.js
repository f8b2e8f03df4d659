const watches = new WeakMap();
export class Watch {
    signal;
    over = false;
    refuse;
    cancel;
    constructor(signal) {
        this.signal = signal;
    }
    begin(refuse, cancel) {
        if (this.over)
            return;
        this.refuse = refuse;
        this.cancel = cancel;
        (watches.get(this.signal) ?? Watch.listen(this.signal)).add(this);
    }
    end() {
        this.over = true;
        watches.get(this.signal)?.delete(this);
    }
    static listen(signal) {
        const all = new Set();
        const aborted = () => {
            for (const watch of all)
                watch.refuse(signal.reason);
            for (const watch of all)
                watch.cancel();
        };
        watches.set(signal, all);
        signal.addEventListener('abort', aborted, { once: true });
        return all;
    }
}

/** The calls of each signal. Engines warn of many listeners, so all calls of a signal share one. */
const watches = new WeakMap<AbortSignal, Set<Watch>>();

/** Looks at a call's signal until the call is over. */
export class Watch {
  private readonly signal: AbortSignal;
  private over = false;
  private refuse!: (reason: unknown) => void;
  private cancel!: () => void;

  constructor(signal: AbortSignal) {
    this.signal = signal;
  }

  /** When the signal is aborted, the caller is refused; then the component is asked to cancel. */
  begin(refuse: (reason: unknown) => void, cancel: () => void): void {
    if (this.over) return;
    this.refuse = refuse;
    this.cancel = cancel;
    (watches.get(this.signal) ?? Watch.listen(this.signal)).add(this);
  }

  end(): void {
    this.over = true;
    watches.get(this.signal)?.delete(this);
  }

  /** All callers are refused before a component knows of it: it may trap. */
  private static listen(signal: AbortSignal): Set<Watch> {
    const all = new Set<Watch>();
    const aborted = () => {
      for (const watch of all) watch.refuse(signal.reason);
      for (const watch of all) watch.cancel();
    };
    watches.set(signal, all);
    signal.addEventListener('abort', aborted, { once: true });
    return all;
  }
}

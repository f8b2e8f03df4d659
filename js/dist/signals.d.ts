/** Looks at a call's signal until the call is over. */
export declare class Watch {
    private readonly signal;
    private over;
    private refuse;
    private cancel;
    constructor(signal: AbortSignal);
    /** When the signal is aborted, the caller is refused; then the component is asked to cancel. */
    begin(refuse: (reason: unknown) => void, cancel: () => void): void;
    end(): void;
    /** All callers are refused before a component knows of it: it may trap. */
    private static listen;
}

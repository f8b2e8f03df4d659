import { type Outcome, type Settled } from './wasi-streams.js';
/** `wasi:cli/stdin`, as the published shims have it. */
interface Stdin {
    readViaStream(): [contents: unknown, end: Settled];
}
/** The published shims' `wasi:cli/stdin`, whose future is there when the component stops reading, too. */
export declare function cliStdin(shim: Stdin): {
    readViaStream(): [ReadableStream<Uint8Array>, Promise<Outcome>];
};
export {};

import { type Settled } from './wasi-streams.js';
/** A socket of the published shims'. */
interface Tcp {
    listen(): unknown;
    send(data: unknown): Settled;
    receive(): [contents: unknown, end: Settled];
    [Symbol.dispose]?(): void;
}
/** Its class. */
interface TcpClass {
    new (...made: never[]): Tcp;
    create(family: string): Tcp;
}
/** As much of `wasi:sockets/types` as is adapted. */
export interface SocketTypes {
    readonly TcpSocket: TcpClass;
}
/** The published shims' `wasi:sockets/types`, with streams and futures as components in JavaScript have them. */
export declare function socketTypes<T extends SocketTypes>(types: T): T;
export {};

import { type Chunk } from './copies.js';
import type { Shared } from './ends.js';
import { type Instance } from './instance.js';
/** Where values come from, in pieces. */
export interface Pieces {
    /** Asks for the next piece, of at most `max` elements if that can be. The answer may be a promise of one. */
    next(max: number): unknown;
    /** The values of an answer; there are none if there was no piece left. */
    values(answer: never): Chunk | undefined;
    /** No more are wanted. */
    stop(): unknown;
}
/** What a value that a user gave has to say, if it is something to read from. */
export declare function sourceOf(v: unknown, bytes: boolean): Pieces | undefined;
/** Writes what a source has, when the component wants to read. What users wrote runs when nothing of the component does. */
export declare class Pump {
    private readonly cx;
    private readonly shared;
    private readonly source;
    private readonly write;
    /** Whether a piece is on its way. */
    private busy;
    private over;
    constructor(cx: Instance, shared: Shared, source: Pieces);
    /** Gives the component what it wants, until there is something to wait for. */
    private readonly step;
    private readonly again;
    private readonly got;
    /** Writes a piece. Whether that is done, and there may be more. */
    private put;
    private readonly start;
    private readonly fail;
    /** Nobody wants more. What goes wrong in the source then is nobody's concern. */
    private readonly stop;
    private end;
}

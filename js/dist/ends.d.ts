import { type Party } from './copies.js';
import { Waitable } from './waitables.js';
/** What both ends of a stream or a future share. */
export declare class Shared {
    dropped: boolean;
    /** Called when an end is dropped. */
    onDrop: (() => void) | undefined;
    /** Called when somebody wants to read, and nobody writes yet. */
    onWant: (() => void) | undefined;
    /** The ends that components have. */
    reader: End | undefined;
    writer: End | undefined;
    /** `stream<u8>`. */
    readonly type: string;
    readonly future: boolean;
    /** What ran when it was made, and for which argument. */
    private readonly from;
    private pending;
    constructor(type: string, from: string);
    /** Reads. The result is undefined if the party has to wait, and is told then. */
    read(mine: Party): number | undefined;
    /** Writes. The result is undefined if the party has to wait, and is told then. */
    write(mine: Party): number | undefined;
    /** What messages call it. */
    get label(): string;
    /** Whether somebody wants to read: elements, or to know that there are some. */
    get waiting(): boolean;
    /** How much somebody wants to read. */
    get wanted(): number;
    /** Who waits goes away. */
    leave(mine: Party): void;
    /** Takes back what is pending. */
    cancel(): void;
    /** One end is gone. */
    drop(): void;
    private replace;
    private end;
}
export type CopyState = 'idle' | 'copying' | 'cancelling' | 'done';
/** A component's end. */
export declare class End extends Waitable {
    state: CopyState;
    readonly shared: Shared;
    readonly readable: boolean;
    constructor(shared: Shared, readable: boolean);
    get future(): boolean;
    /** The code of its events. */
    get code(): number;
    /** The other end is gone: it is told so even if it does nothing now. */
    alone(): void;
    /** It leaves the component. */
    leave(): void;
    get copying(): boolean;
}

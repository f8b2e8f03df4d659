import { type Outcome } from './wasi-streams.js';
/** A time since 1970. */
interface Instant {
    seconds: bigint;
    nanoseconds: number;
}
/** What a time of a file becomes. */
type NewTimestamp = {
    tag: 'no-change';
} | {
    tag: 'now';
} | {
    tag: 'timestamp';
    val: Instant;
};
interface Flags {
    read?: boolean;
    write?: boolean;
    mutateDirectory?: boolean;
}
interface PathFlags {
    symlinkFollow?: boolean;
}
interface Stat {
    type: string;
    size: bigint;
    dataAccessTimestamp?: Instant;
    dataModificationTimestamp?: Instant;
}
interface Hash {
    lower: bigint;
    upper: bigint;
}
/** As much of a descriptor of `wasi:filesystem/types` 0.2 as is used. */
export interface Descriptor02 {
    read(length: bigint, offset: bigint): [bytes: Uint8Array, end: boolean];
    write(bytes: Uint8Array, offset: bigint): bigint;
    advise(offset: bigint, length: bigint, advice: string): void;
    syncData(): void;
    sync(): void;
    getType(): string;
    setSize(size: bigint): void;
    setTimes(access: NewTimestamp, modification: NewTimestamp): void;
    setTimesAt(flags: PathFlags, path: string, access: NewTimestamp, modification: NewTimestamp): void;
    readDirectory(): {
        readDirectoryEntry(): {
            type: string;
            name: string;
        } | undefined;
    };
    createDirectoryAt(path: string): void;
    removeDirectoryAt(path: string): void;
    stat(): Stat;
    statAt(flags: PathFlags, path: string): Stat;
    openAt(flags: PathFlags, path: string, openFlags: object, how: Flags): Descriptor02;
    linkAt(flags: PathFlags, path: string, directory: Descriptor02, newPath: string): void;
    renameAt(path: string, directory: Descriptor02, newPath: string): void;
    readlinkAt(path: string): string;
    symlinkAt(target: string, path: string): void;
    unlinkFileAt(path: string): void;
    metadataHash(): Hash;
    metadataHashAt(flags: PathFlags, path: string): Hash;
}
/** `wasi:filesystem/preopens`. */
interface Preopens<D> {
    getDirectories(): [directory: D, path: string][];
}
declare const DISPOSE: typeof Symbol.dispose;
/** A descriptor of WASI 0.3, by one of 0.2. The file is closed when nobody needs it: its streams may outlive the descriptor. */
export declare class Descriptor {
    private readonly file;
    private readonly flags;
    private users;
    private disposed;
    constructor(file: Descriptor02, flags: Flags);
    /** Keeps the file open until what this gives is called. */
    private use;
    private release;
    [DISPOSE](): void;
    readViaStream(offset: bigint): [Iterable<Uint8Array>, Promise<Outcome>];
    /** The shim for browsers does not look what it is that it reads. */
    private read;
    writeViaStream(data: ReadableStream<Uint8Array>, offset: bigint): Promise<Outcome>;
    appendViaStream(data: ReadableStream<Uint8Array>): Promise<Outcome>;
    private write;
    /** A directory that is read has nothing to do with the descriptor any more. */
    readDirectory(): [Iterable<unknown>, Promise<Outcome>];
    advise(offset: bigint, length: bigint, advice: string): Promise<void>;
    syncData(): Promise<void>;
    sync(): Promise<void>;
    getFlags(): Promise<Flags>;
    getType(): Promise<unknown>;
    setSize(size: bigint): Promise<void>;
    setTimes(access: NewTimestamp, modification: NewTimestamp): Promise<void>;
    setTimesAt(flags: PathFlags, path: string, access: NewTimestamp, modification: NewTimestamp): Promise<void>;
    stat(): Promise<unknown>;
    statAt(flags: PathFlags, path: string): Promise<unknown>;
    /** The shims know of no right to change directories, and refuse to be asked for it. */
    openAt(flags: PathFlags, path: string, openFlags: object, how: Flags): Promise<Descriptor>;
    createDirectoryAt(path: string): Promise<void>;
    removeDirectoryAt(path: string): Promise<void>;
    linkAt(flags: PathFlags, path: string, directory: Descriptor, newPath: string): Promise<void>;
    renameAt(path: string, directory: Descriptor, newPath: string): Promise<void>;
    readlinkAt(path: string): Promise<string>;
    symlinkAt(target: string, path: string): Promise<void>;
    unlinkFileAt(path: string): Promise<void>;
    /** The shim for Node knows only whether it is the same descriptor. */
    isSameObject(other: Descriptor): Promise<boolean>;
    metadataHash(): Promise<Hash>;
    metadataHashAt(flags: PathFlags, path: string): Promise<Hash>;
}
/**
 * `wasi:filesystem/types` 0.3 by the published shim of 0.2, as `filesystemPreopens` opens it. The one of 0.3 for Node reads
 * all files into the same buffer, so that two that are read at the same time get mixed up.
 */
export declare function filesystemTypes(types: object): object;
/** `wasi:filesystem/preopens` 0.3 by the published shim of 0.2. */
export declare function filesystemPreopens(preopens: Preopens<Descriptor02>): Preopens<Descriptor>;
export {};

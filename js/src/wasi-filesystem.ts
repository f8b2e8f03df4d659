import { ComponentError } from './errors.js';
import { type Outcome, isTagged, payload } from './wasi-streams.js';

/** A time since 1970. */
interface Instant {
  seconds: bigint;
  nanoseconds: number;
}

/** What a time of a file becomes. */
type NewTimestamp = { tag: 'no-change' } | { tag: 'now' } | { tag: 'timestamp'; val: Instant };

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
  readDirectory(): { readDirectoryEntry(): { type: string; name: string } | undefined };
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

const DISPOSE: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for('dispose');

/** How many bytes are read at once. */
const PIECE = 2n ** 16n;

/** The last place in a file that a number can say: the shim for Node takes what is beyond it for another place. */
const LAST = BigInt(Number.MAX_SAFE_INTEGER);

function place(offset: bigint): bigint {
  if (offset > LAST) throw 'invalid';
  return offset;
}

/** What reading and writing is refused with, whose errors the shim does not translate. */
const CODES: Readonly<Record<string, string>> = {
  EACCES: 'access',
  EBADF: 'bad-descriptor',
  EDQUOT: 'quota',
  EFBIG: 'file-too-large',
  EINVAL: 'invalid',
  EISDIR: 'is-directory',
  ENOSPC: 'insufficient-space',
  EPERM: 'not-permitted',
  EPIPE: 'pipe',
  ESPIPE: 'invalid-seek',
  ERR_OUT_OF_RANGE: 'invalid',
};

/** An exception as an `error-code`: in WASI 0.2 an enum, here a variant. */
function codeOf(e: unknown): { tag: string; val?: unknown } {
  const code = payload(e) ?? e;
  if (isTagged(code)) return code;
  if (code === 'would-block') return { tag: 'other', val: code };
  if (typeof code === 'string') return { tag: code };
  const name = e instanceof Error && 'code' in e ? CODES[String(e.code)] : undefined;
  return name === undefined ? { tag: 'other', val: String(e) } : { tag: name };
}

function attempt<T>(call: () => T): T {
  try {
    return call();
  } catch (e) {
    throw new ComponentError(codeOf(e));
  }
}

const typeOf = (type: string) => (type === 'unknown' ? { tag: 'other', val: undefined } : { tag: type });
const described = (stat: Stat) => ({ ...stat, type: typeOf(stat.type) });

/** Values that are taken when somebody wants them, and how that ended. */
class Taken<T> implements IterableIterator<T, undefined> {
  readonly outcome: Promise<Outcome>;
  private end!: (outcome: Outcome) => void;
  private readonly take: () => T | undefined;
  private over = false;

  constructor(take: () => T | undefined, done: () => void) {
    this.take = take;
    this.outcome = new Promise((resolve) => {
      this.end = (outcome) => {
        if (this.over) return;
        this.over = true;
        done();
        resolve(outcome);
      };
    });
  }

  next(): IteratorResult<T, undefined> {
    if (this.over) return { done: true, value: undefined };
    try {
      const value = this.take();
      if (value !== undefined) return { done: false, value };
      this.end({ tag: 'ok' });
    } catch (e) {
      this.end({ tag: 'err', val: codeOf(e) });
    }
    return { done: true, value: undefined };
  }

  return(): IteratorResult<T, undefined> {
    this.end({ tag: 'ok' });
    return { done: true, value: undefined };
  }

  [Symbol.iterator](): this {
    return this;
  }
}

/** A descriptor of WASI 0.3, by one of 0.2. The file is closed when nobody needs it: its streams may outlive the descriptor. */
export class Descriptor {
  private readonly file: Descriptor02;
  private readonly flags: Flags;
  private users = 1;
  private disposed = false;

  constructor(file: Descriptor02, flags: Flags) {
    this.file = file;
    this.flags = flags;
  }

  /** Keeps the file open until what this gives is called. */
  private use(): () => void {
    this.users++;
    return () => this.release();
  }

  private release(): void {
    if (--this.users === 0) (this.file as { [DISPOSE]?: () => void })[DISPOSE]?.();
  }

  [DISPOSE](): void {
    if (this.disposed) return;
    this.disposed = true;
    this.release();
  }

  readViaStream(offset: bigint): [Iterable<Uint8Array>, Promise<Outcome>] {
    const take = () => {
      if (this.flags.read !== true) throw 'bad-descriptor';
      const [bytes] = this.read(place(offset));
      offset += BigInt(bytes.length);
      return bytes.length > 0 ? bytes : undefined;
    };
    const taken = new Taken(take, this.use());
    return [taken, taken.outcome];
  }

  /** The shim for browsers does not look what it is that it reads. */
  private read(offset: bigint): [bytes: Uint8Array, end: boolean] {
    try {
      return this.file.read(PIECE, offset);
    } catch (e) {
      throw this.file.getType() === 'directory' ? 'is-directory' : e;
    }
  }

  writeViaStream(data: ReadableStream<Uint8Array>, offset: bigint): Promise<Outcome> {
    return this.write(data, (bytes) => {
      const written = this.file.write(bytes, place(offset));
      offset += written;
      return written;
    });
  }

  appendViaStream(data: ReadableStream<Uint8Array>): Promise<Outcome> {
    return this.write(data, (bytes) => this.file.write(bytes, this.file.stat().size));
  }

  private async write(data: ReadableStream<Uint8Array>, put: (bytes: Uint8Array) => bigint): Promise<Outcome> {
    const done = this.use();
    const reader = data.getReader();
    try {
      if (this.flags.write !== true) throw 'bad-descriptor';
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        for (let bytes = next.value; bytes.length > 0; ) bytes = bytes.subarray(Number(put(bytes)));
      }
      return { tag: 'ok' };
    } catch (e) {
      void reader.cancel().catch(() => undefined);
      return { tag: 'err', val: codeOf(e) };
    } finally {
      done();
    }
  }

  /** A directory that is read has nothing to do with the descriptor any more. */
  readDirectory(): [Iterable<unknown>, Promise<Outcome>] {
    let take: () => { type: string; name: string } | undefined;
    let done = () => {};
    try {
      const entries = this.file.readDirectory();
      take = () => entries.readDirectoryEntry();
      done = () => (entries as { [DISPOSE]?: () => void })[DISPOSE]?.();
    } catch (e) {
      take = () => {
        throw e;
      };
    }
    const taken = new Taken(() => {
      const entry = take();
      return entry && { name: entry.name, type: typeOf(entry.type) };
    }, done);
    return [taken, taken.outcome];
  }

  async advise(offset: bigint, length: bigint, advice: string): Promise<void> {
    attempt(() => this.file.advise(offset, length, advice));
  }

  async syncData(): Promise<void> {
    attempt(() => this.file.syncData());
  }

  async sync(): Promise<void> {
    attempt(() => this.file.sync());
  }

  async getFlags(): Promise<Flags> {
    return this.flags;
  }

  async getType(): Promise<unknown> {
    return typeOf(attempt(() => this.file.getType()));
  }

  async setSize(size: bigint): Promise<void> {
    attempt(() => this.file.setSize(size));
  }

  async setTimes(access: NewTimestamp, modification: NewTimestamp): Promise<void> {
    const { file } = this;
    attempt(() => {
      const times = settled(access, modification, () => file.stat());
      file.setTimes(...times);
      // The shim for Node takes milliseconds for seconds: a thousandth makes up for it.
      const seconds = file.stat().dataModificationTimestamp?.seconds ?? 0n;
      const off = seconds - times[1].val.seconds;
      if (off < -NEAR || off > NEAR) file.setTimes(thousandth(times[0]), thousandth(times[1]));
    });
  }

  async setTimesAt(flags: PathFlags, path: string, access: NewTimestamp, modification: NewTimestamp): Promise<void> {
    const { file } = this;
    attempt(() => file.setTimesAt(flags, path, ...settled(access, modification, () => file.statAt(flags, path))));
  }

  async stat(): Promise<unknown> {
    return described(attempt(() => this.file.stat()));
  }

  async statAt(flags: PathFlags, path: string): Promise<unknown> {
    return described(attempt(() => this.file.statAt(flags, path)));
  }

  /** The shims know of no right to change directories, and refuse to be asked for it. */
  async openAt(flags: PathFlags, path: string, openFlags: object, how: Flags): Promise<Descriptor> {
    return new Descriptor(attempt(() => this.file.openAt(flags, path, openFlags, { ...how, mutateDirectory: false })), how);
  }

  async createDirectoryAt(path: string): Promise<void> {
    attempt(() => this.file.createDirectoryAt(path));
  }

  async removeDirectoryAt(path: string): Promise<void> {
    attempt(() => this.file.removeDirectoryAt(path));
  }

  async linkAt(flags: PathFlags, path: string, directory: Descriptor, newPath: string): Promise<void> {
    attempt(() => this.file.linkAt(flags, path, directory.file, newPath));
  }

  async renameAt(path: string, directory: Descriptor, newPath: string): Promise<void> {
    attempt(() => this.file.renameAt(path, directory.file, newPath));
  }

  async readlinkAt(path: string): Promise<string> {
    return attempt(() => this.file.readlinkAt(path));
  }

  async symlinkAt(target: string, path: string): Promise<void> {
    attempt(() => this.file.symlinkAt(target, path));
  }

  async unlinkFileAt(path: string): Promise<void> {
    attempt(() => this.file.unlinkFileAt(path));
  }

  /** The shim for Node knows only whether it is the same descriptor. */
  async isSameObject(other: Descriptor): Promise<boolean> {
    const [mine, others] = [this.file.metadataHash(), other.file.metadataHash()];
    return mine.lower === others.lower && mine.upper === others.upper;
  }

  async metadataHash(): Promise<Hash> {
    return attempt(() => this.file.metadataHash());
  }

  async metadataHashAt(flags: PathFlags, path: string): Promise<Hash> {
    return attempt(() => this.file.metadataHashAt(flags, path));
  }
}

/** How far a time may be from what it was set to, in seconds: file systems round. */
const NEAR = 10n;

/** A time as the shims understand it: those for Node get everything else wrong. */
interface Timestamp {
  tag: 'timestamp';
  val: Instant;
}

function settled(access: NewTimestamp, modification: NewTimestamp, stat: () => Stat): [Timestamp, Timestamp] {
  const now = BigInt(Date.now()) * 1_000_000n;
  const old = access.tag === 'no-change' || modification.tag === 'no-change' ? stat() : undefined;
  const time = (wanted: NewTimestamp, old: Instant | undefined): Timestamp => {
    if (wanted.tag === 'timestamp') return wanted;
    return wanted.tag === 'no-change' && old !== undefined ? { tag: 'timestamp', val: old } : timestamp(now);
  };
  return [time(access, old?.dataAccessTimestamp), time(modification, old?.dataModificationTimestamp)];
}

const BILLION = 1_000_000_000n;

/** A time by its nanoseconds since 1970. */
const timestamp = (ns: bigint): Timestamp => ({
  tag: 'timestamp',
  val: { seconds: ns / BILLION, nanoseconds: Number(ns % BILLION) },
});

const thousandth = ({ val }: Timestamp) => timestamp((val.seconds * BILLION + BigInt(val.nanoseconds)) / 1000n);

/**
 * `wasi:filesystem/types` 0.3 by the published shim of 0.2, as `filesystemPreopens` opens it. The one of 0.3 for Node reads
 * all files into the same buffer, so that two that are read at the same time get mixed up.
 */
export function filesystemTypes(types: object): object {
  return { ...types, Descriptor };
}

/** What directories that are there from the beginning can be used for. */
const GRANTED: Required<Flags> & Record<string, boolean> = {
  read: true,
  write: false,
  fileIntegritySync: false,
  dataIntegritySync: false,
  requestedWriteSync: false,
  mutateDirectory: true,
};

/** `wasi:filesystem/preopens` 0.3 by the published shim of 0.2. */
export function filesystemPreopens(preopens: Preopens<Descriptor02>): Preopens<Descriptor> {
  return { getDirectories: () => preopens.getDirectories().map(([file, path]) => [new Descriptor(opened(file), GRANTED), path]) };
}

/**
 * Most of what can be done with a directory, the shim for Node does only with one that was opened. The path is one that the
 * shim for browsers does not take for the working directory.
 */
function opened(directory: Descriptor02): Descriptor02 {
  try {
    return directory.openAt({ symlinkFollow: true }, './.', { directory: true }, { read: true });
  } catch {
    return directory;
  }
}

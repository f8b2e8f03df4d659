import { ComponentError } from './errors.js';
import { isTagged, payload } from './wasi-streams.js';
const DISPOSE = Symbol.dispose ?? Symbol.for('dispose');
const PIECE = 2n ** 16n;
const LAST = BigInt(Number.MAX_SAFE_INTEGER);
function place(offset) {
    if (offset > LAST)
        throw 'invalid';
    return offset;
}
const CODES = {
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
function codeOf(e) {
    const code = payload(e) ?? e;
    if (isTagged(code))
        return code;
    if (code === 'would-block')
        return { tag: 'other', val: code };
    if (typeof code === 'string')
        return { tag: code };
    const name = e instanceof Error && 'code' in e ? CODES[String(e.code)] : undefined;
    return name === undefined ? { tag: 'other', val: String(e) } : { tag: name };
}
function attempt(call) {
    try {
        return call();
    }
    catch (e) {
        throw new ComponentError(codeOf(e));
    }
}
const typeOf = (type) => (type === 'unknown' ? { tag: 'other', val: undefined } : { tag: type });
const described = (stat) => ({ ...stat, type: typeOf(stat.type) });
class Taken {
    outcome;
    end;
    take;
    over = false;
    constructor(take, done) {
        this.take = take;
        this.outcome = new Promise((resolve) => {
            this.end = (outcome) => {
                if (this.over)
                    return;
                this.over = true;
                done();
                resolve(outcome);
            };
        });
    }
    next() {
        if (this.over)
            return { done: true, value: undefined };
        try {
            const value = this.take();
            if (value !== undefined)
                return { done: false, value };
            this.end({ tag: 'ok' });
        }
        catch (e) {
            this.end({ tag: 'err', val: codeOf(e) });
        }
        return { done: true, value: undefined };
    }
    return() {
        this.end({ tag: 'ok' });
        return { done: true, value: undefined };
    }
    [Symbol.iterator]() {
        return this;
    }
}
export class Descriptor {
    file;
    flags;
    users = 1;
    disposed = false;
    constructor(file, flags) {
        this.file = file;
        this.flags = flags;
    }
    use() {
        this.users++;
        return () => this.release();
    }
    release() {
        if (--this.users === 0)
            this.file[DISPOSE]?.();
    }
    [DISPOSE]() {
        if (this.disposed)
            return;
        this.disposed = true;
        this.release();
    }
    readViaStream(offset) {
        const take = () => {
            if (this.flags.read !== true)
                throw 'bad-descriptor';
            const [bytes] = this.read(place(offset));
            offset += BigInt(bytes.length);
            return bytes.length > 0 ? bytes : undefined;
        };
        const taken = new Taken(take, this.use());
        return [taken, taken.outcome];
    }
    read(offset) {
        try {
            return this.file.read(PIECE, offset);
        }
        catch (e) {
            throw this.file.getType() === 'directory' ? 'is-directory' : e;
        }
    }
    writeViaStream(data, offset) {
        return this.write(data, (bytes) => {
            const written = this.file.write(bytes, place(offset));
            offset += written;
            return written;
        });
    }
    appendViaStream(data) {
        return this.write(data, (bytes) => this.file.write(bytes, this.file.stat().size));
    }
    async write(data, put) {
        const done = this.use();
        const reader = data.getReader();
        try {
            if (this.flags.write !== true)
                throw 'bad-descriptor';
            for (let next = await reader.read(); !next.done; next = await reader.read()) {
                for (let bytes = next.value; bytes.length > 0;)
                    bytes = bytes.subarray(Number(put(bytes)));
            }
            return { tag: 'ok' };
        }
        catch (e) {
            void reader.cancel().catch(() => undefined);
            return { tag: 'err', val: codeOf(e) };
        }
        finally {
            done();
        }
    }
    readDirectory() {
        let take;
        let done = () => { };
        try {
            const entries = this.file.readDirectory();
            take = () => entries.readDirectoryEntry();
            done = () => entries[DISPOSE]?.();
        }
        catch (e) {
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
    async advise(offset, length, advice) {
        attempt(() => this.file.advise(offset, length, advice));
    }
    async syncData() {
        attempt(() => this.file.syncData());
    }
    async sync() {
        attempt(() => this.file.sync());
    }
    async getFlags() {
        return this.flags;
    }
    async getType() {
        return typeOf(attempt(() => this.file.getType()));
    }
    async setSize(size) {
        attempt(() => this.file.setSize(size));
    }
    async setTimes(access, modification) {
        const { file } = this;
        attempt(() => {
            const times = settled(access, modification, () => file.stat());
            file.setTimes(...times);
            const seconds = file.stat().dataModificationTimestamp?.seconds ?? 0n;
            const off = seconds - times[1].val.seconds;
            if (off < -NEAR || off > NEAR)
                file.setTimes(thousandth(times[0]), thousandth(times[1]));
        });
    }
    async setTimesAt(flags, path, access, modification) {
        const { file } = this;
        attempt(() => file.setTimesAt(flags, path, ...settled(access, modification, () => file.statAt(flags, path))));
    }
    async stat() {
        return described(attempt(() => this.file.stat()));
    }
    async statAt(flags, path) {
        return described(attempt(() => this.file.statAt(flags, path)));
    }
    async openAt(flags, path, openFlags, how) {
        return new Descriptor(attempt(() => this.file.openAt(flags, path, openFlags, { ...how, mutateDirectory: false })), how);
    }
    async createDirectoryAt(path) {
        attempt(() => this.file.createDirectoryAt(path));
    }
    async removeDirectoryAt(path) {
        attempt(() => this.file.removeDirectoryAt(path));
    }
    async linkAt(flags, path, directory, newPath) {
        attempt(() => this.file.linkAt(flags, path, directory.file, newPath));
    }
    async renameAt(path, directory, newPath) {
        attempt(() => this.file.renameAt(path, directory.file, newPath));
    }
    async readlinkAt(path) {
        return attempt(() => this.file.readlinkAt(path));
    }
    async symlinkAt(target, path) {
        attempt(() => this.file.symlinkAt(target, path));
    }
    async unlinkFileAt(path) {
        attempt(() => this.file.unlinkFileAt(path));
    }
    async isSameObject(other) {
        const [mine, others] = [this.file.metadataHash(), other.file.metadataHash()];
        return mine.lower === others.lower && mine.upper === others.upper;
    }
    async metadataHash() {
        return attempt(() => this.file.metadataHash());
    }
    async metadataHashAt(flags, path) {
        return attempt(() => this.file.metadataHashAt(flags, path));
    }
}
const NEAR = 10n;
function settled(access, modification, stat) {
    const now = BigInt(Date.now()) * 1000000n;
    const old = access.tag === 'no-change' || modification.tag === 'no-change' ? stat() : undefined;
    const time = (wanted, old) => {
        if (wanted.tag === 'timestamp')
            return wanted;
        return wanted.tag === 'no-change' && old !== undefined ? { tag: 'timestamp', val: old } : timestamp(now);
    };
    return [time(access, old?.dataAccessTimestamp), time(modification, old?.dataModificationTimestamp)];
}
const BILLION = 1000000000n;
const timestamp = (ns) => ({
    tag: 'timestamp',
    val: { seconds: ns / BILLION, nanoseconds: Number(ns % BILLION) },
});
const thousandth = ({ val }) => timestamp((val.seconds * BILLION + BigInt(val.nanoseconds)) / 1000n);
export function filesystemTypes(types) {
    return { ...types, Descriptor };
}
const GRANTED = {
    read: true,
    write: false,
    fileIntegritySync: false,
    dataIntegritySync: false,
    requestedWriteSync: false,
    mutateDirectory: true,
};
export function filesystemPreopens(preopens) {
    return { getDirectories: () => preopens.getDirectories().map(([file, path]) => [new Descriptor(opened(file), GRANTED), path]) };
}
function opened(directory) {
    try {
        return directory.openAt({ symlinkFollow: true }, './.', { directory: true }, { read: true });
    }
    catch {
        return directory;
    }
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filesystemPreopens, filesystemTypes } from '../dist/wasi-filesystem.js';

const DISPOSE = Symbol.dispose ?? Symbol.for('dispose');
const follow = { symlinkFollow: true };
const bytes = (text) => new TextEncoder().encode(text);
const stream = (text) => new Blob([text]).stream();
const text = (pieces) => new TextDecoder().decode(Buffer.concat([...pieces]));

/** A file as the shim for WASI 0.2 has it. */
class File {
  closed = 0;
  set = [];

  constructor(content = '', { factor = 1n } = {}) {
    this.content = bytes(content);
    this.factor = factor;
    this.time = { seconds: 5n, nanoseconds: 0 };
  }

  read(length, offset) {
    if (this.broken) throw Object.assign(new Error('EIO'), { code: this.broken });
    return [this.content.slice(Number(offset), Number(offset + length)), false];
  }

  /** No more than three bytes at a time. */
  write(piece, offset) {
    if (this.broken) throw this.broken;
    const some = piece.subarray(0, 3);
    const at = Number(offset);
    const grown = new Uint8Array(Math.max(this.content.length, at + some.length));
    grown.set(this.content);
    grown.set(some, at);
    this.content = grown;
    return BigInt(some.length);
  }

  stat() {
    return { type: 'regular-file', size: BigInt(this.content.length), dataAccessTimestamp: this.time, dataModificationTimestamp: this.time };
  }

  setTimes(access, modification) {
    this.set.push(access, modification);
    this.time = { seconds: modification.val.seconds * this.factor, nanoseconds: 0 };
  }

  getType = () => 'unknown';
  metadataHash = () => ({ lower: BigInt(this.content.length), upper: 1n });
  [DISPOSE] = () => this.closed++;
}

/** A directory of them. */
class Directory {
  constructor(files) {
    this.files = files;
  }

  openAt(flags, path, openFlags, how) {
    if (how.mutateDirectory) throw 'unsupported';
    if (path === './.') return this.self ?? this;
    const file = this.files[path];
    if (file === undefined) throw 'no-entry';
    return file;
  }

  renameAt(path, directory, newPath) {
    directory.files[newPath] = this.files[path];
    delete this.files[path];
  }

  readDirectory() {
    if (this.broken) throw this.broken;
    const left = Object.keys(this.files).values();
    return {
      readDirectoryEntry() {
        const { done, value } = left.next();
        return done ? undefined : { name: value, type: value.startsWith('?') ? 'unknown' : 'regular-file' };
      },
      [DISPOSE]: () => (this.left = (this.left ?? 0) + 1),
    };
  }
}

const granted = (files) => filesystemPreopens({ getDirectories: () => [[new Directory(files), '/']] }).getDirectories()[0][0];
const open = (file) => granted({ it: file }).openAt(follow, 'it', {}, { read: true, write: true });
const refused = (code) => (e) => (assert.deepEqual(e.payload, code), e instanceof Error);

test('a file is read from a place to its end, and its future is a result', async () => {
  const file = new File('0123456789'.repeat(20_000));
  const [pieces, outcome] = (await open(file)).readViaStream(5n);
  assert.equal(text(pieces), '0123456789'.repeat(20_000).slice(5));
  assert.deepEqual(await outcome, { tag: 'ok' });
});

test('what goes wrong ends the stream, and the future says what', async () => {
  const check = async (broken, offset, val) => {
    const file = Object.assign(new File('text'), { broken });
    const [pieces, outcome] = (await open(file)).readViaStream(offset);
    assert.equal(text(pieces), '');
    assert.deepEqual(await outcome, { tag: 'err', val });
    assert.equal(file.closed, 0);
  };
  await check('EBADF', 0n, { tag: 'bad-descriptor' });
  await check('EISDIR', 0n, { tag: 'is-directory' });
  await check('ESTRANGE', 0n, { tag: 'other', val: 'Error: EIO' });
  await check(undefined, 2n ** 60n, { tag: 'invalid' });
});

test('a file is written to in as many steps as it takes', async () => {
  const file = new File('0123456789');
  const opened = await open(file);
  assert.deepEqual(await opened.writeViaStream(stream('abcdefgh'), 1n), { tag: 'ok' });
  assert.deepEqual(await opened.appendViaStream(stream('the end')), { tag: 'ok' });
  assert.equal(text([file.content]), '0abcdefgh9the end');
});

test('a write that is refused stops the source', async () => {
  let stopped = false;
  const source = new ReadableStream({ pull: (c) => c.enqueue(bytes('text')), cancel: () => void (stopped = true) });
  const file = Object.assign(new File(), { broken: 'not-permitted' });
  assert.deepEqual(await (await open(file)).writeViaStream(source, 0n), { tag: 'err', val: { tag: 'not-permitted' } });
  assert.ok(stopped);
  assert.deepEqual(await (await open(new File())).writeViaStream(stream('text'), 2n ** 62n), { tag: 'err', val: { tag: 'invalid' } });
});

test('a descriptor is for what it was opened for', async () => {
  const directory = granted({ it: new File('text') });
  const [reader, writer] = [await directory.openAt(follow, 'it', {}, { read: true }), await directory.openAt(follow, 'it', {}, { write: true })];
  let stopped = false;
  const source = new ReadableStream({ cancel: () => void (stopped = true) });
  assert.deepEqual(await reader.writeViaStream(source, 0n), { tag: 'err', val: { tag: 'bad-descriptor' } });
  assert.ok(stopped);
  const [pieces, outcome] = writer.readViaStream(0n);
  assert.equal(text(pieces), '');
  assert.deepEqual(await outcome, { tag: 'err', val: { tag: 'bad-descriptor' } });
  const folder = { getType: () => 'directory', read: () => { throw new TypeError('of undefined'); } };
  const [none, why] = (await open(folder)).readViaStream(0n);
  assert.equal(text(none), '');
  assert.deepEqual(await why, { tag: 'err', val: { tag: 'is-directory' } });
});

test('streams keep a file open, and the last one closes it', async () => {
  const file = new File('text');
  const opened = await open(file);
  const [all] = opened.readViaStream(0n);
  const [stopped, outcome] = opened.readViaStream(0n);
  const written = opened.writeViaStream(stream('TE'), 0n);
  opened[DISPOSE]();
  opened[DISPOSE]();
  await written;
  assert.equal(file.closed, 0);
  assert.equal(text(all), 'TExt');
  assert.equal(file.closed, 0);
  stopped.return();
  assert.equal(file.closed, 1);
  assert.deepEqual(await outcome, { tag: 'ok' });
  assert.deepEqual(stopped.next(), { done: true, value: undefined });
});

test('a directory is read as far as somebody wants it', async () => {
  const directory = new Directory({ one: new File(), '?two': new File() });
  const [[granted]] = filesystemPreopens({ getDirectories: () => [[directory, '/']] }).getDirectories();
  const [entries, outcome] = granted.readDirectory();
  assert.deepEqual([...entries], [
    { name: 'one', type: { tag: 'regular-file' } },
    { name: '?two', type: { tag: 'other', val: undefined } },
  ]);
  assert.deepEqual(await outcome, { tag: 'ok' });
  granted.readDirectory()[0].return();
  assert.equal(directory.left, 2);
  directory.broken = 'access';
  const [none, why] = granted.readDirectory();
  assert.deepEqual([...none], []);
  assert.deepEqual(await why, { tag: 'err', val: { tag: 'access' } });
});

test('errors and types are variants', async () => {
  const directory = granted({ it: new File() });
  await assert.rejects(directory.openAt(follow, 'missing', {}, {}), refused({ tag: 'no-entry' }));
  const file = await directory.openAt(follow, 'it', {}, { read: true, mutateDirectory: true });
  assert.deepEqual(await file.getFlags(), { read: true, mutateDirectory: true });
  assert.deepEqual(await file.getType(), { tag: 'other', val: undefined });
  assert.deepEqual((await file.stat()).type, { tag: 'regular-file' });
  await assert.rejects(file.statAt(follow, 'it'), Error);
  const busy = { setSize: () => { throw 'would-block'; } };
  await assert.rejects((await open(busy)).setSize(1n), refused({ tag: 'other', val: 'would-block' }));
});

test('a descriptor is an argument, too', async () => {
  const [from, to] = [new Directory({ old: new File('text') }), new Directory({})];
  const preopens = filesystemPreopens({ getDirectories: () => [[from, '/from'], [to, '/to']] });
  const [[one, name], [other]] = preopens.getDirectories();
  assert.equal(name, '/from');
  await one.renameAt('old', other, 'new');
  assert.deepEqual([Object.keys(from.files), Object.keys(to.files)], [[], ['new']]);
  const [file, same] = [await other.openAt(follow, 'new', {}, {}), await other.openAt(follow, 'new', {}, {})];
  assert.equal(await file.isSameObject(same), true);
  assert.equal(await file.isSameObject(await open(new File())), false);
});

test('what can be opened of a granted directory is, and it may be changed', async () => {
  const directory = new Directory({});
  directory.self = { getType: () => 'directory' };
  const [[granted]] = filesystemPreopens({ getDirectories: () => [[directory, '/']] }).getDirectories();
  assert.deepEqual(await granted.getType(), { tag: 'directory' });
  const flags = await granted.getFlags();
  assert.ok(flags.read && flags.mutateDirectory && !flags.write);
  const gone = { openAt: () => { throw 'no-entry'; }, getType: () => 'directory' };
  assert.deepEqual(await filesystemPreopens({ getDirectories: () => [[gone, '/']] }).getDirectories()[0][0].getType(), { tag: 'directory' });
});

test('times are what they are set to, whatever unit the shim takes', async () => {
  const at = (seconds) => ({ tag: 'timestamp', val: { seconds, nanoseconds: 0 } });
  for (const factor of [1n, 1000n]) {
    const file = new File('', { factor });
    const opened = await open(file);
    await opened.setTimes(at(7_000n), at(9_000n));
    assert.equal(file.time.seconds, 9_000n);
    await opened.setTimes({ tag: 'now' }, { tag: 'no-change' });
    assert.equal(file.time.seconds, 9_000n);
    const access = file.set.at(-2).val;
    const now = BigInt(Math.floor(Date.now() / 1000));
    const off = access.seconds * factor - now;
    assert.ok(off > -1000n && off < 10n, `${access.seconds} is not ${now}`);
  }
});

test('the interface keeps what else it has', () => {
  const types = filesystemTypes({ filesystemErrorCode: 1, Descriptor: File });
  assert.equal(types.filesystemErrorCode, 1);
  assert.notEqual(types.Descriptor, File);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cliStdin } from '../dist/wasi-cli.js';

const text = (body) => new globalThis.Response(body).text();

test('standard input is read to its end, byte by byte if need be', async () => {
  const stream = () => new ReadableStream({ start: (c) => ([104, 105].forEach((byte) => c.enqueue(byte)), c.close()) });
  const { readViaStream } = cliStdin({ readViaStream: () => [stream(), Promise.resolve({ tag: 'ok', val: undefined })] });
  const [data, end] = readViaStream();
  assert.equal(await text(data), 'hi');
  assert.equal((await end).tag, 'ok');
});

test('who stops reading knows at once, and who breaks it is heard', async () => {
  const never = new Promise(() => undefined);
  const silent = { read: () => never, cancel: async () => undefined };
  const [data, end] = cliStdin({ readViaStream: () => [silent, never] }).readViaStream();
  await data.cancel();
  assert.deepEqual(await end, { tag: 'ok' });
  const broken = { read: async () => Promise.reject(new Error('cut')), cancel: async () => undefined };
  const [nothing, why] = cliStdin({ readViaStream: () => [broken, never] }).readViaStream();
  assert.equal(await text(nothing), '');
  assert.deepEqual(await why, { tag: 'err', val: 'io' });
});

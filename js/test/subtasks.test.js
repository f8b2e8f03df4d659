import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Instance } from '../dist/instance.js';
import { futureNew, futureWrite, liftFuture } from '../dist/futures.js';
import { liftStream, streamNew, streamWrite } from '../dist/streams.js';
import { lowerAsync, subtaskCancel } from '../dist/subtasks.js';

const BLOCKED = -1;
const DROPPED = 1;
const CANCELLED_BEFORE_RETURNED = 4;
const settled = () => new Promise(setImmediate);

/** Until its signal is aborted. */
const until = (call) =>
  new Promise((_, reject) => call.signal.addEventListener('abort', () => reject(call.signal.reason)));

function ends(cx, make, type) {
  const both = make(cx, type);
  return [Number(both & 0xffff_ffffn), Number(both >> 32n)];
}

/** Calls a host's function with three things to read, and cancels the call. */
async function cancelled(host) {
  const cx = new Instance();
  const [future, promise] = ends(cx, futureNew, 'future');
  const [bytes, byteWriter] = ends(cx, streamNew, 'stream<u8>');
  const [units, unitWriter] = ends(cx, streamNew, 'stream');
  const status = lowerAsync(
    cx,
    'host',
    (call) => host(call, liftFuture(cx, 'future', future), liftStream(cx, 'stream<u8>', bytes), liftStream(cx, 'stream', units)),
    () => assert.fail('a cancelled call has no result'),
  );
  assert.equal(subtaskCancel(cx, false, status >>> 4), CANCELLED_BEFORE_RETURNED);
  await settled();
  return [
    futureWrite(cx, 'future', undefined, true, promise, 0),
    streamWrite(cx, 'stream<u8>', undefined, true, byteWriter, 0, 1),
    streamWrite(cx, 'stream', undefined, true, unitWriter, 0, 1),
  ];
}

test('what a cancelled call was given and nobody looked at is dropped', async () => {
  assert.deepEqual(await cancelled((call) => until(call)), [DROPPED, DROPPED, DROPPED]);
});

test('what somebody reads stays there', async () => {
  const kept = await cancelled((call, future, bytes, units) => {
    void future.then(() => undefined);
    void bytes.getReader();
    void units.read();
    return until(call);
  });
  assert.deepEqual(kept.slice(0, 2), [0, BLOCKED]);
  assert.equal(kept[2] & 0xf, 0);
});

test('a result that comes in spite of all is nobody\'s', async () => {
  assert.deepEqual(await cancelled(() => Promise.resolve(5)), [BLOCKED, BLOCKED, BLOCKED]);
});

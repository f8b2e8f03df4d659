import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Instance } from '../dist/instance.js';
import { startTask, taskReturn } from '../dist/tasks.js';

const EXIT = 0;
const YIELD = 1;

test('a task that yields lets promises and timers that are ready go first', async () => {
  const cx = new Instance();
  let steps = 0;
  let timers = 0;
  const others = async () => {
    setTimeout(() => timers++, 0);
    for (; steps < 1000; steps++) await undefined;
  };
  const callback = () => {
    assert.equal(steps, 1000);
    if (timers === 0) return YIELD;
    taskReturn(cx, 0, [], () => 'done');
    return EXIT;
  };
  const result = startTask(cx, 'run', undefined, callback, () => {
    void others();
    return YIELD;
  });
  assert.equal(await result, 'done');
});

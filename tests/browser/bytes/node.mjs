// What the script has from Node, and a browser has not.
globalThis.process = { argv: ['node', 'test.mjs', './package', 'Async'] };
globalThis.setImmediate = (work) => setTimeout(work, 0);
ReadableStream.from ??= (values) => {
  const iterator = values[Symbol.asyncIterator]();
  const pull = async (controller) => {
    const { done, value } = await iterator.next();
    if (done) controller.close();
    else controller.enqueue(value);
  };
  return new ReadableStream({ pull, cancel: () => iterator.return() }, { highWaterMark: 0 });
};

export const join = (...parts) => parts.join('/');
export const pathToFileURL = (path) => new URL(path, location.href);

const text = (value) => JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? `${v}n` : v));

function thrown(error, expected) {
  if (typeof expected === 'function') return assert.ok(expected(error));
  for (const [key, value] of Object.entries(expected)) {
    if (value instanceof RegExp) assert.match(error[key], value);
    else assert.equal(error[key], value);
  }
}

const assert = {
  fail(message) {
    throw new Error(message);
  },
  ok: (value) => value || assert.fail('it is not so'),
  equal: (is, should, what) => Object.is(is, should) || assert.fail(`${is} is not ${should}: ${what}`),
  deepEqual: (is, should) => assert.equal(text(is), text(should)),
  match: (is, should) => should.test(is) || assert.fail(`${is} does not match ${should}`),
  throws(work, expected) {
    try {
      work();
    } catch (error) {
      return thrown(error, expected);
    }
    assert.fail('nothing was thrown');
  },
  rejects: (promise, expected) =>
    promise.then(
      () => assert.fail('nothing was thrown'),
      (error) => thrown(error, expected),
    ),
};
export default assert;

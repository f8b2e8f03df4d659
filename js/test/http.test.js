import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as ask } from 'node:http';
import { test } from 'node:test';
import { ComponentError } from '../dist/errors.js';
import { fetcher, listener } from '../dist/http.js';
import { httpTypes } from '../dist/wasi-http.js';
import { Fields, types } from './shim.js';

const { Request: Incoming, Response: Outgoing } = httpTypes(types);
const bytes = (text) => new TextEncoder().encode(text);
const fine = (val) => Promise.resolve({ tag: 'ok', val });
const bodyOf = (request) => Incoming.consumeBody(request, fine())[0];
const reply = (status, headers = [], body, trailers) => {
  const fields = new Fields(headers.map(([name, value]) => [name, bytes(value)]));
  const [response] = Outgoing.new(fields, body, trailers ?? fine());
  return Object.assign(response, { status });
};
const handler = (handle) => ({ handle: async (request, options) => handle(request, options) });

/** Serves with a handler, while something is asked. */
async function served(handle, asking) {
  let broken;
  const answer = listener(types, handler(handle));
  const server = createServer((request, response) => void answer(request, response).catch((e) => (broken = e)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await asking(`http://127.0.0.1:${server.address().port}`, () => broken);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('a request is asked as it is, but for what is the connection\'s', async () => {
  const seen = [];
  const answer = fetcher(types, handler((request) => {
    seen.push(request);
    return reply(200);
  }));
  await answer(new Request('https://shop.example:8080/a%20b?c=d', { method: 'PUT', headers: { 'x-one': 'é' } }));
  await served(
    (request) => {
      seen.push(request);
      return reply(200);
    },
    (url) => fetch(`${url}/x`, { method: 'PROPFIND', headers: { 'x-two': '2' } }),
  );
  const [first, second] = seen;
  assert.deepEqual(first.asked, {
    method: { tag: 'put' },
    path: '/a%20b?c=d',
    scheme: { tag: 'HTTPS' },
    authority: 'shop.example:8080',
  });
  assert.deepEqual(first.getHeaders().copyAll(), [['x-one', Uint8Array.of(0xe9)]]);
  assert.deepEqual(second.asked.method, { tag: 'other', val: 'PROPFIND' });
  assert.deepEqual(second.asked.scheme, { tag: 'HTTP' });
  assert.match(second.asked.authority, /^127\.0\.0\.1:/);
  assert.deepEqual(second.getHeaders().copyAll().find(([name]) => name === 'x-two')[1], bytes('2'));
  assert.equal(second.contents, undefined);
});

test('a response is given as it is, with a field that comes twice', async () => {
  const handle = () => reply(418, [['set-cookie', 'a'], ['set-cookie', 'b']], new Blob(['short and stout']).stream());
  const check = async (response) => {
    assert.equal(response.status, 418);
    assert.deepEqual(response.headers.getSetCookie(), ['a', 'b']);
    assert.equal(await response.text(), 'short and stout');
  };
  await check(await fetcher(types, handler(handle))(new Request('http://x/')));
  await served(handle, async (url) => check(await fetch(url)));
});

test('some responses have no body', async () => {
  let stopped = false;
  const body = new ReadableStream({ cancel: () => void (stopped = true) });
  const response = await fetcher(types, handler(() => reply(304, [], body)))(new Request('http://x/'));
  assert.deepEqual([response.status, response.body, stopped], [304, null, true]);
});

test('bodies are streamed both ways, with trailers at the end', async () => {
  const handle = (request) =>
    reply(200, [['trailer', 'x-sum']], bodyOf(request), fine(new Fields([['x-sum', bytes('2')]])));
  await served(handle, async (url) => {
    const request = ask(url, { method: 'POST' });
    request.write('one');
    const [response] = await once(request, 'response');
    for (const piece of ['one', 'two']) {
      if (piece === 'two') request.write(piece);
      assert.equal(String((await once(response, 'data'))[0]), piece);
    }
    request.end();
    await once(response, 'end');
    assert.deepEqual({ ...response.trailers }, { 'x-sum': '2' });
  });
});

test('trailers of a request come after its body', async () => {
  const handle = async (request) => {
    const [body, trailers] = Incoming.consumeBody(request, fine());
    await body.pipeTo(new WritableStream());
    const { val } = await trailers;
    return reply(200, [], new Blob([JSON.stringify(val?.copyAll().map(([name]) => name) ?? null)]).stream());
  };
  await served(handle, async (url) => {
    const request = ask(url, { method: 'POST', headers: { trailer: 'x-end', 'transfer-encoding': 'chunked' } });
    request.write('x');
    request.addTrailers({ 'x-end': '7' });
    request.end();
    const [response] = await once(request, 'response');
    assert.equal(await new Response(response).text(), '["x-end"]');
    assert.equal(await (await fetch(url)).text(), 'null');
  });
});

test('who does not want the body may answer', async () => {
  const handle = async (request) => {
    await bodyOf(request).cancel();
    return reply(200, [], new Blob(['enough']).stream());
  };
  await served(handle, async (url) => {
    const response = await fetch(url, { method: 'POST', body: new Uint8Array(2 ** 22) });
    assert.equal(await response.text(), 'enough');
  });
});

test('a client that leaves ends the call, or stops the body', async () => {
  const ends = [];
  let told;
  const both = new Promise((resolve) => (told = resolve));
  const end = (what) => {
    ends.push(what);
    if (ends.length === 2) told();
  };
  const handle = (request, { signal }) => {
    if (request.asked.path === '/body') {
      const once = new ReadableStream({
        start: (controller) => controller.enqueue(bytes('x')),
        cancel: () => end('body'),
      });
      return reply(200, [], once);
    }
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        end('call');
        reject(signal.reason);
      });
      controller.abort();
    });
  };
  const controller = new AbortController();
  await served(handle, async (url, broken) => {
    await assert.rejects(fetch(`${url}/call`, { signal: controller.signal }));
    const leaving = new AbortController();
    const response = await fetch(`${url}/body`, { signal: leaving.signal });
    leaving.abort();
    await assert.rejects(response.text());
    await both;
    assert.equal(broken(), undefined);
  });
  assert.deepEqual(ends.toSorted(), ['body', 'call']);
});

test('an error is 500; what is none is the server\'s to hear of', async () => {
  const refuse = () => {
    throw new ComponentError({ tag: 'internal-error' });
  };
  const trap = () => {
    throw new WebAssembly.RuntimeError('unreachable');
  };
  assert.equal((await fetcher(types, handler(refuse))(new Request('http://x/'))).status, 500);
  await assert.rejects(fetcher(types, handler(trap))(new Request('http://x/')), { message: 'unreachable' });
  await served(refuse, async (url, broken) => {
    assert.equal((await fetch(url)).status, 500);
    assert.equal(broken(), undefined);
  });
  await served(trap, async (url, broken) => {
    assert.equal((await fetch(url)).status, 500);
    assert.match(String(broken()), /unreachable/);
  });
});

test('a response whose body failed is cut off', async () => {
  const failed = Promise.resolve({ tag: 'err', val: { tag: 'internal-error' } });
  await served(() => reply(200, [], new Blob(['half']).stream(), failed), async (url) => {
    await assert.rejects(fetch(url).then((response) => response.text()));
  });
});

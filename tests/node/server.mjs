// What a server must stand, with Node's own in front of a Go handler.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as ask } from 'node:http';

import { serve, text, until } from './support.mjs';
import { handler } from './torture/index.js';
import { listener } from './torture/http.js';

const lines = (url, init) => text(url, init).then((all) => all.trimEnd().split('\n'));

/** Methods, paths, fields and bodies arrive, and are given back. */
async function described(url) {
  assert.deepEqual(await lines(`${url}/describe?q=a%20b`, { headers: { 'x-one': '1' } }), [
    'GET /describe',
    `host ${new URL(url).host}`,
    'length 0',
    'query a b',
    'body "" <nil>',
    'X-One ["1"]',
    'X-Many []',
    'Content-Type []',
    'trailer map[]',
  ]);
  const headers = { 'content-type': 'text/x' };
  const posted = await lines(`${url}/describe`, { method: 'POST', body: 'göpher', headers });
  assert.deepEqual([posted[0], posted[2], posted[4], posted[7]], [
    'POST /describe',
    'length 7',
    'body "göpher" <nil>',
    'Content-Type ["text/x"]',
  ]);
  const other = await lines(`${url}/describe`, { method: 'PROPFIND' });
  assert.equal(other[0], 'PROPFIND /describe');
}

/** Trailers, both ways. */
async function trailing(url) {
  const request = ask(`${url}/describe`, { method: 'POST', headers: { trailer: 'x-end', 'transfer-encoding': 'chunked' } });
  request.addTrailers({ 'x-end': '7' });
  request.end('abc');
  const [described] = await once(request, 'response');
  assert.match(await new Response(described).text(), /trailer map\["X-End":\["7"\]\]/);

  const [answer] = await once(ask(`${url}/trailers`).end(), 'response');
  assert.equal(await new Response(answer).text(), 'body');
  assert.deepEqual({ ...answer.trailers }, { 'x-sum': '42', 'x-late': 'late' });
}

/** Each piece comes back before the next is sent. */
async function bothWays(url) {
  const request = ask(`${url}/echo`, { method: 'POST' });
  request.flushHeaders();
  const [answer] = await once(request, 'response');
  const pieces = answer.setEncoding('utf8')[Symbol.asyncIterator]();
  for (let number = 0; number < 50; number++) {
    const piece = `piece ${number} `.repeat(number + 1);
    request.write(piece);
    let back = '';
    while (back.length < piece.length) back += (await pieces.next()).value;
    assert.equal(back, piece);
  }
  request.end();
  assert.ok((await pieces.next()).done);
}

/** A body that is larger than any buffer. */
async function large(url) {
  const body = Uint8Array.from({ length: 2 ** 24 }, (_, i) => i * 7);
  const back = await fetch(`${url}/echo`, { method: 'POST', body });
  assert.ok(Buffer.from(await back.arrayBuffer()).equals(body));
  assert.equal((await text(`${url}/long?n=1000000`)).length, 1_000_000);
}

/** Nobody wants the body, and the connection is good for the next request. */
async function unread(url) {
  const body = new Uint8Array(2 ** 22);
  assert.equal((await fetch(`${url}/hello`, { method: 'POST', body })).status, 405);
  assert.equal(await text(`${url}/hello`), 'hello');
}

/** What was flushed arrives before the handler is done. */
async function flushed(url) {
  const { body } = await fetch(`${url}/stream`);
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  assert.deepEqual(await reader.read(), { done: false, value: 'first\n' });
  await text(`${url}/stream?go=1`);
  assert.deepEqual(await reader.read(), { done: false, value: 'second\n' });
}

/** A hundred handlers are there at once, sleep at once, and wake one by one. */
async function sleepers(url) {
  const all = Array.from({ length: 100 }, (_, i) => i + 1);
  const woken = await Promise.all(all.map(() => text(`${url}/gate?n=100`)));
  assert.deepEqual(woken.map(Number).toSorted((a, b) => a - b), all);
}

async function statuses(url) {
  for (const code of [200, 204, 304, 404, 503]) {
    const answer = await fetch(`${url}/status/${code}`);
    assert.equal(answer.status, code);
    assert.equal(await answer.text(), code === 204 || code === 304 ? '' : 'body');
  }
  assert.equal(await text(`${url}/early`), 'after the hints');
  const [head] = await once(ask(`${url}/hello`, { method: 'HEAD' }).end(), 'response');
  assert.deepEqual([head.statusCode, await new Response(head).text()], [200, '']);
}

/** The handler's context ends, whatever it does meanwhile. */
async function leaving(url) {
  for (const how of ['writing', 'silent', 'headless']) {
    const requests = Array.from({ length: 5 }, () => ask(`${url}/linger?how=${how}`).on('error', () => undefined).end());
    await until(`${url}/lingering`, '5');
    requests.forEach((request) => request.destroy());
    await until(`${url}/lingering`, '0');
  }
}

/** A body that is cut off is an error for the handler, and for nobody else. */
async function cut(url) {
  const request = ask(`${url}/wait`, { method: 'POST', headers: { 'content-length': '100' } });
  request.on('error', () => undefined);
  request.write('some');
  await until(`${url}/waiting`, '1');
  request.destroy();
  await until(`${url}/waiting`, '0');
}

async function panics(url) {
  assert.equal((await fetch(`${url}/panic`)).status, 500);
  await assert.rejects(text(`${url}/panic-late`));
  assert.equal(await text(`${url}/hello`), 'hello');
}

await serve(listener(handler), async (url) => {
  for (const test of [described, trailing, bothWays, large, unread, flushed, sleepers, statuses, leaving, cut, panics]) {
    await test(url).catch((error) => {
      throw new Error(test.name, { cause: error });
    });
  }
});

// A server of files and a browser to look at them with.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

import { chromium } from 'playwright-core';

const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

// The browser talks to nobody but the server.
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Serves a folder on a free port, with these fields in every head. */
export async function serve(folder, headers = {}) {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    const found = await stat(file).catch(() => undefined);
    if (!found?.isFile()) return response.writeHead(404, headers).end();
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', ...headers });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** Opens a page in a fresh browser. What its console and its uncaught exceptions complain of is in `errors`. */
export async function open(url, options = {}) {
  const executablePath = process.env.CHROMIUM;
  const browser = await chromium.launch({ executablePath, chromiumSandbox: false, args: FLAGS });
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const errors = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('requestfailed', (request) => errors.push(`${request.url()}: ${request.failure()?.errorText}`));
  await page.goto(url);
  return { page, errors, browser };
}

/** Runs a test of a page of a folder. Server and browser end with it, however it ends. */
export async function visit(folder, { headers, path = '', ...options }, test) {
  const server = await serve(folder, headers);
  const opened = await open(`${server.url}${path}`, options).catch((error) => {
    server.close();
    throw error;
  });
  try {
    await test(opened.page, opened.errors);
  } catch (error) {
    throw opened.errors.length === 0 ? error : new Error(`the page said: ${opened.errors.join('\n')}`, { cause: error });
  } finally {
    await opened.browser.close();
    server.close();
  }
}

// Go services in a page: node services.mjs DIST
import assert from 'node:assert/strict';

import { visit } from './support.mjs';

const headers = {
  'content-security-policy': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src data:",
};

await visit(process.argv[2], { headers }, async (page, errors) => {
  const status = page.getByRole('status');
  await status.filter({ hasText: /^(done|failed)/ }).waitFor();
  assert.equal(await status.textContent(), 'done');
  assert.deepEqual(errors, []);
});

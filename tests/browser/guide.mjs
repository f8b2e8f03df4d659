// The guide's page: node guide.mjs DIST TEXT
import assert from 'node:assert/strict';

import { visit } from './support.mjs';

const [dist, text] = process.argv.slice(2);
const headers = {
  'content-security-policy': "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src data:",
};

await visit(dist, { headers }, async (page, errors) => {
  await page.getByRole('heading').filter({ hasText: text }).waitFor();
  assert.deepEqual(errors, []);
});

// The interoperability cases in a page: node worlds.mjs DIST COUNT
import assert from 'node:assert/strict';

import { visit } from './support.mjs';

// To compile them all takes longer than Playwright is used to wait.
const PATIENCE = 600_000;

await visit(process.argv[2], {}, async (page, errors) => {
  const status = page.getByRole('status');
  await status.filter({ hasText: /^(done|failed)/ }).waitFor({ timeout: PATIENCE });
  assert.equal(await status.textContent(), `done: ${process.argv[3]}`);
  assert.deepEqual(errors, []);
});

// Streams of bytes in a page: node bytes.mjs FOLDER
import assert from 'node:assert/strict';

import { visit } from './support.mjs';

await visit(process.argv[2], {}, async (page, errors) => {
  const status = page.getByRole('status');
  await status.filter({ hasText: /^(done|failed)/ }).waitFor();
  assert.equal(await status.textContent(), 'done');
  assert.deepEqual(errors, []);
});

// The example page, as somebody uses it: node studio.mjs DIST [SCREENSHOT]
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { visit } from './support.mjs';

const [dist, screenshot] = process.argv.slice(2);

// What a careful server sends: nothing from elsewhere, nothing inline, no evaluation but WebAssembly's.
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; " +
  "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const headers = { 'content-security-policy': POLICY };

/** A text with so many sections. */
const sections = (n) => Array.from({ length: n }, (_, i) => `# Part ${i + 1}\n\nsome words\n`).join('\n');

/** The parts of the page, by what people and screen readers call them. */
class Studio {
  constructor(page) {
    this.page = page;
    this.text = page.getByRole('textbox', { name: 'Text' });
    this.publish = page.getByRole('button', { name: 'Publish' });
    this.cancel = page.getByRole('button', { name: 'Cancel' });
  }

  /** Waits until the status line says so. */
  says(what) {
    return this.page.getByRole('status').filter({ hasText: what }).waitFor();
  }

  /** Waits until this is counted. */
  async counted(words, lines, bytes) {
    for (const [id, wanted] of Object.entries({ words, lines, bytes })) {
      await this.page.locator(`#${id}`).filter({ hasText: new RegExp(`^${wanted}$`) }).waitFor();
    }
  }

  /** Puts a text in at once: the browser takes long to type one of many lines. */
  paste(text) {
    return this.text.evaluate((area, value) => {
      area.value = value;
      area.dispatchEvent(new Event('input', { bubbles: true }));
    }, text);
  }
}

/** Rendered at once and after every key; nothing in a text is run. */
async function renders({ page, text }) {
  assert.equal(await page.locator('#page h1').textContent(), 'A tenon');
  assert.equal(await page.locator('#page tbody tr').count(), 3);
  assert.equal(await page.locator('#page strong').textContent(), 'mortise');
  await text.fill('# Hey\n\n<img src=x onerror="document.title=1">[go](javascript:alert(1)) ~~on~~\n');
  await page.locator('#page h1').filter({ hasText: 'Hey' }).waitFor();
  assert.equal(await page.locator('#page img').count(), 0);
  assert.equal(await page.locator('#page a').getAttribute('href'), '');
  assert.equal(await page.locator('#page del').textContent(), 'on');
}

/** Counted while it is typed, and while a file is read: the counts grow before they are whole. */
async function counts(studio) {
  const { page } = studio;
  await studio.text.fill('eins zwei\ndrei — 世界');
  await studio.counted(5, 2, 25);
  await page.evaluate(() => {
    const words = document.getElementById('words');
    globalThis.seen = [];
    new MutationObserver((all) => globalThis.seen.push(...all.map((one) => one.addedNodes[0]?.data))).observe(words, {
      childList: true,
    });
  });
  const buffer = Buffer.from('a line of seven words and more\n'.repeat(2 ** 17));
  await page.getByLabel('Count a file instead').setInputFiles({ name: 'long.txt', mimeType: 'text/plain', buffer });
  await studio.counted('917,504', '131,072', '4,063,232');
  await page.locator('#counts[aria-busy=false]').waitFor();
  const seen = await page.evaluate(() => globalThis.seen.map((text) => Number(text.replaceAll(',', ''))));
  assert.ok(seen.length > 16, `the counts came at once: ${seen}`);
  assert.ok(seen.every((n, i) => i === 0 || n >= seen[i - 1]), `they are not in order: ${seen}`);
}

/** Published, section by section, or refused with the reason. */
async function publishes(studio) {
  const { page } = studio;
  await studio.paste(sections(3));
  await page.getByLabel('Title').fill('Parts <& more>');
  await studio.publish.click();
  await studio.says('Published.');
  assert.equal(await page.getByLabel('Published so far').getAttribute('max'), '3');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Save the page' }).click();
  const saved = await readFile(await (await download).path(), 'utf8');
  assert.match(saved, /<title>Parts &lt;&amp; more&gt;<\/title>/);
  assert.equal(saved.match(/<h1>/g).length, 3);

  await studio.paste('');
  await studio.publish.click();
  await studio.says('There is nothing to publish.');
  await studio.paste(sections(1001));
  await studio.publish.click();
  await studio.says('More than 1000 sections are too many.');
}

/** Cancelled, by keyboard: the context of the Go function ends, and it says so. The component is as good as before. */
async function cancels(studio) {
  const { page } = studio;
  await studio.paste(sections(500));
  await studio.publish.focus();
  await page.keyboard.press('Enter');
  await studio.says(/^[1-9]\d* of 500 sections$/);
  await studio.cancel.focus();
  await page.keyboard.press('Enter');
  await studio.says(/^Cancelled: Go stopped after [1-9]\d* of 500 sections \(context canceled\)\.$/);
  assert.ok(await studio.cancel.isDisabled());
  await studio.paste(sections(1));
  await studio.publish.click();
  await studio.says('Published.');
}

/** Light and dark as the system has it, and no wider than a telephone. */
async function adapts({ page }) {
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await paper();
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.notEqual(await paper(), light);
  await page.setViewportSize({ width: 360, height: 740 });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
}

await visit(dist, { headers, acceptDownloads: true }, async (page, errors) => {
  const studio = new Studio(page);
  await studio.says('Ready.');
  for (const test of [renders, counts, publishes, cancels, adapts]) await test(studio);
  assert.deepEqual(errors, []);
});

if (screenshot !== undefined) {
  await visit(dist, { headers, viewport: { width: 1120, height: 960 }, colorScheme: 'light' }, async (page) => {
    const studio = new Studio(page);
    await studio.says('Ready.');
    await page.locator('#counts[aria-busy=false]').waitFor();
    await studio.publish.click();
    await studio.says(/^2 of 4/);
    await page.screenshot({ path: screenshot });
  });
}

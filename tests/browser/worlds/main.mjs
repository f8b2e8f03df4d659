// The packages are built beside this file; `cases/list.mjs` has a function for each that imports it.
import { cases } from './cases/list.mjs';

const status = document.querySelector('[role=status]');
const failures = [];
for (const [name, load] of Object.entries(cases)) {
  status.textContent = `at work: ${name}`;
  try {
    const { run } = await load();
    await run();
  } catch (error) {
    failures.push(`${name}: ${error.stack}`);
  }
}
status.textContent = failures.length === 0 ? `done: ${Object.keys(cases).length}` : `failed: ${failures.join('\n')}`;

// Compiles src to dist: JavaScript without comments, for packages that carry it, and declarations with them.
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, 'dist');
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');
const run = (...flags) =>
  execFileSync(process.execPath, [tsc, '-p', here, '--outDir', out, ...flags], { stdio: 'inherit' });

rmSync(out, { recursive: true, force: true });
run('--removeComments');
run('--declaration', '--emitDeclarationOnly');
if (readdirSync(out).length === 0) throw new Error('nothing was built');

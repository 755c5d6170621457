/** The memory with which interpreters start: part of the keys of cells, so it must be the same on every machine. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../build/rig.js';
import { plainEnvironment } from '../environment.js';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const further = (process.env['BATTBUILD_TEST_NODES'] ?? '').split(delimiter).filter((path) => path !== '');

/** Digest of the memory. */
function digestIn(folder: string): string {
  return readFileSync(join(folder, 'python-start.from'), 'utf8').split(' ')[1];
}

it.each([process.execPath, ...further])(
  'is the same at another place and in another zone: %s',
  (node) => {
    const elsewhere = join(temporaryFolder(), 'a/much/longer/path/than/that/of/the/project');
    for (const part of ['dist/python', 'src/python/interpreter', 'node_modules/pyodide']) {
      cpSync(join(PROJECT, part), join(elsewhere, part), { recursive: true, dereference: true });
    }
    cpSync(join(PROJECT, 'package.json'), join(elsewhere, 'package.json'));
    const out = join(elsewhere, 'out');
    mkdirSync(out);
    execFileSync(node, [join(elsewhere, 'dist/python/interpreter/make-start.js'), out], {
      cwd: elsewhere,
      env: { ...plainEnvironment(), TZ: 'Asia/Tokyo', LANG: 'de_DE.UTF-8' },
    });
    expect(digestIn(out)).toBe(digestIn(join(PROJECT, 'dist')));
  },
  120_000,
);

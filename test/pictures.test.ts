/** The pictures of the README show the current program. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';

const DOCS = fileURLToPath(new URL('../docs', import.meta.url));

/** The lines of a picture of a terminal, without times. */
function linesIn(file: string): string[] {
  const lines = readFileSync(file, 'utf8').match(/<text.*/g) ?? [];
  return lines.map((line) => {
    return line.replaceAll(/\d\d:\d\d:\d\d/g, 'CLOCK').replaceAll(/\b[\d.]+ (ms|s)\b/g, 'TIME');
  });
}

it('the terminal: `node docs/pictures/watch.mjs` makes what is there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'battbuild-pictures-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'watch.svg');
  await promisify(execFile)(process.execPath, [join(DOCS, 'pictures/watch.mjs'), file]);
  expect(linesIn(file).join('\n')).toContain('solved now');
  expect(linesIn(join(DOCS, 'watch.svg'))).toEqual(linesIn(file));
});

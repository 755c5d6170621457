/**
 * A hundred thousand hostile programs and some thousand task files, run by the compiled command, which takes a third
 * of the time.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { PROJECT } from '../../bench/paths.js';

const PROGRAMS = Number(process.env['BATTBUILD_PROGRAMS'] ?? 100_000);
const SEED = process.env['BATTBUILD_SEED'] ?? '1';

interface Figure {
  readonly measured: number;
  readonly tasks: number;
  readonly endings: Readonly<Record<string, number>>;
  readonly slowestMs: number;
}

it(`ends as it must, whatever it is (${PROGRAMS} programs, seed ${SEED})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'battbuild-fuzz-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const compiler = join(PROJECT, 'node_modules/typescript/bin/tsc');
  const compile = [compiler, '-p', join(PROJECT, 'tsconfig.bench.json'), '--outDir', folder];
  execFileSync(process.execPath, compile, { stdio: 'inherit' });
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  const main = join(folder, 'bench/reliability/fuzz.js');
  // A violation ends it with an exception that contains the program.
  const printed = execFileSync(process.execPath, [main, '--programs', String(PROGRAMS), '--seed', SEED]);
  const { measured, tasks, endings, slowestMs } = JSON.parse(printed.toString()) as Figure;
  expect(measured).toBeGreaterThanOrEqual(PROGRAMS);
  expect(tasks).toBeGreaterThan(PROGRAMS / 20);
  // Otherwise they would be harmless: there must be many outcomes of every kind.
  const kinds = ['ok', 'not-a-grid', 'error', 'over-budget', 'diagnostic', 'task', 'no task'];
  expect(kinds.filter((kind) => (endings[kind] ?? 0) < PROGRAMS / 100)).toEqual([]);
  // The budget allows some milliseconds: a batch that takes seconds was not charged for.
  expect(slowestMs).toBeLessThan(10_000);
}, 600_000);

/** README.md: its commands, typed from top to bottom, give the shown output. */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMAND_NAMES } from '../src/cli/commands.js';
import { loadSource } from '../src/lang/load.js';
import { CONFIG_KEYS } from '../src/workspace/config/config-keys.js';
import { MAIN } from './cli/rig.js';
import { type Block, linksOf, readDocument, sectionsOf } from './markdown.js';
import { Shell, type Typed } from './shell.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SHARED = process.env['BATTBUILD_SHARED'] ?? join(ROOT, '../shared');

const text = readDocument('README.md');
const blocks = sectionsOf(text).flatMap((section) => section.blocks);
const shown = (k: number): Block | null => (blocks[k + 1]?.language === 'text' ? blocks[k + 1] : null);

/** `.ci/run` runs these from the beginning; here the programs that they build are used instead. */
const NPM = /^npm (ci && npm start|cit)\b/;
const DEMO = 'npx battbuild build --config examples/config/battbuild.json';

/** Contains a copy of the files that the commands need and, beside it, the public tasks if they exist. */
let folder = '';
let shell: Shell;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'battbuild-readme-')));
  const project = join(folder, 'main');
  const written = ['cache', 'out'].map((name) => join(ROOT, 'examples', name));
  cpSync(join(ROOT, 'examples'), join(project, 'examples'), {
    recursive: true,
    filter: (path) => !written.includes(path),
  });
  cpSync(join(ROOT, 'config'), join(project, 'config'), { recursive: true });
  if (existsSync(SHARED)) symlinkSync(realpathSync(SHARED), join(folder, 'shared'));
  shell = new Shell(project, join(folder, 'bin'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The output of the last line that printed anything. */
function printedBy(typed: readonly Typed[]): string {
  const printed = typed.map(({ stdout, stderr }) => stderr + stdout).filter((output) => output !== '');
  return printed.at(-1) ?? '';
}

/**
 * Without times, without digests (which depend on the code), without progress lines of long builds, and with single
 * spaces between columns (whose widths depend on the times).
 */
function masked(output: string): string {
  return output
    .replaceAll(/^\w+, [\d,]+\/[\d,]+ tasks, .*\n/gm, '')
    .replaceAll(/\b[0-9a-f]{12}\.\.\./g, 'DIGEST...')
    .replaceAll(/\b[\d,.]+ (ms|s|min)\b/g, 'TIME')
    .replaceAll(/ +/g, ' ')
    .replaceAll(/ $/gm, '')
    .trimEnd();
}

function exitCodeOf(line: string): number {
  return Number(/# exit code (\d+)$/.exec(line)?.[1] ?? 0);
}

describe('the screens of npm start', () => {
  it.each(['the first build', 'the second build'])('%s prints what is shown', async (note) => {
    const screen = blocks.find((block) => block.note === note) as Block;
    const typed = await shell.type([DEMO]);
    expect(masked(printedBy(typed))).toBe(masked(screen.text));
  });
});

describe('the commands', () => {
  const typed = blocks.flatMap((block, k) => (block.language === 'sh' ? [{ block, k }] : []));

  for (const { block, k } of typed) {
    const lines = block.text.trimEnd().split('\n');
    if (lines.every((line) => NPM.test(line))) continue;
    const name = `of line ${block.line} exit as told, and print what is shown: ${lines.at(-1)}`;
    const absent = block.note === 'real data' && !existsSync(join(SHARED, 'arc/training'));
    if (lines.length === 1 && lines[0].endsWith(' watch')) {
      it(name, () => watchUntilReady(shell.folder));
      continue;
    }
    it.skipIf(absent)(absent ? `${name} (skipped: the public tasks are not there)` : name, async () => {
      const outputs = await shell.type(lines);
      expect(outputs.map(({ line, code }) => [line, code])).toEqual(
        lines.map((line) => [line, exitCodeOf(line)]),
      );
      const screen = shown(k);
      if (screen !== null) expect(masked(printedBy(outputs))).toBe(masked(screen.text));
    });
  }
});

/** Ctrl-C as soon as it waits for changes. */
async function watchUntilReady(workspace: string): Promise<void> {
  const child = spawn(process.execPath, [MAIN, 'watch'], { cwd: workspace });
  let output = '';
  const code = await new Promise<number | null>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (data: string) => {
      output += data;
      if (output.includes('watching for changes')) child.kill('SIGINT');
    });
    child.on('error', reject).on('close', resolve);
  });
  expect(code).toBe(0);
}

it('has solvers and differs that can be loaded', () => {
  const sources = blocks.filter(({ language }) => language === 'python');
  expect(sources.length).toBeGreaterThan(1);
  for (const source of sources) {
    const { functions, diagnostics } = loadSource(new TextEncoder().encode(source.text), 'README.md');
    expect([functions.length, diagnostics]).toEqual([1, []]);
  }
});

describe('the tables', () => {
  it('have a row for every command', () => {
    for (const name of COMMAND_NAMES) expect(text).toMatch(new RegExp(`^\\| \`${name}[ \`]`, 'm'));
  });

  it('have a row for every key of the config, with its default', () => {
    for (const [name, { fallback }] of Object.entries(CONFIG_KEYS)) {
      const value = Array.isArray(fallback) && fallback.length === 1 ? fallback[0] : fallback;
      const cell = cellOf(value);
      expect(text).toContain(`| \`${name}\` | ${cell} | `);
    }
  });
});

/** A default as the table shows it. */
function cellOf(value: unknown): string {
  if (Array.isArray(value))
    return value.length === 0 ? 'none' : `\`[${value.map((one) => JSON.stringify(one)).join(', ')}]\``;
  if (typeof value === 'string') return `\`"${value}"\``;
  return value === null ? 'cores - 1' : String(value);
}

it('is pleasantly short', () => {
  expect(text.split('\n').length).toBeLessThan(400);
});

it.each([
  'README.md',
  'docs/architecture.md',
  'docs/errors.md',
  'docs/dependencies.md',
  'docs/performance.md',
])('%s links to files that are there', (name) => {
  const from = name.replace(basename(name), '');
  const targets = linksOf(readDocument(name)).map((target) => join(ROOT, from, target));
  expect(targets.filter((target) => !existsSync(target))).toEqual([]);
});

it('says of npx what is so', async () => {
  const child = spawn('npx', ['battbuild', '--version'], { cwd: join(ROOT, 'examples') });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (data: string) => {
    output += data;
  });
  expect(await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))).toBe(0);
  expect(output).toMatch(/^\d+\.\d+\.\d+\n$/);
});

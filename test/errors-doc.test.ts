/** docs/errors.md: an entry for every code, with an example that gives the shown message. */
import { cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changedMeanwhile } from '../src/build/inputs/scan.js';
import { storeNotice } from '../src/build/session/store-diagnostics.js';
import { diagnosticLines } from '../src/cli/render/diagnostics.js';
import { Style } from '../src/cli/render/style.js';
import { DIAGNOSTIC_CODES, type Diagnostic, type DiagnosticCode } from '../src/diagnostic.js';
import {
  differentAnswer,
  noPython,
  otherVersion,
  troubleFrom,
  unreachable,
} from '../src/distribution/troubles.js';
import { unloaded } from '../src/python/python-file.js';
import { FileProblem, type FileSystem } from '../src/workspace/file-system.js';
import { nodeFileSystem } from '../src/workspace/node-file-system.js';
import { buildIn } from './build/rig.js';
import { type Block, readDocument, type Section, sectionsOf } from './markdown.js';
import { Shell } from './shell.js';

const CODES = Object.keys(DIAGNOSTIC_CODES) as DiagnosticCode[];
const sections = sectionsOf(readDocument('docs/errors.md'));
const entries = new Map(
  sections.filter(({ title }) => /^[A-Z]+\d+$/.test(title)).map((section) => [section.title, section]),
);

/** Contains the workspace of `battbuild init`, and one for each example. */
let folder = '';

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'battbuild-errors-')));
  const [{ code }] = await new Shell(folder, join(folder, 'bin')).type(['battbuild init init']);
  expect(code).toBe(0);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A neutral name, because some examples search for the code. */
function workspaceFor(code: DiagnosticCode): string {
  const root = join(folder, `workspace-${CODES.indexOf(code)}`);
  cpSync(join(folder, 'init'), root, { recursive: true });
  return root;
}

/** Where an example's block belongs. */
function fileOf(code: DiagnosticCode, { language }: Block): string {
  if (language === 'python') return 'solvers/example.py';
  return code.startsWith('CONF') ? 'config/battbuild.json' : 'tasks/example.json';
}

/** The output of the example's last line: diagnostics, or data if it asks for data. */
async function printedBy(
  code: DiagnosticCode,
  { blocks }: Section,
): Promise<{ code: number; printed: string }> {
  const root = workspaceFor(code);
  const lines: string[] = [];
  for (const block of blocks) {
    if (block.language === 'sh') lines.push(...block.text.trimEnd().split('\n'));
    else if (block.language !== 'text') writeFileSync(join(root, fileOf(code, block)), block.text);
  }
  if (lines.length === 0) lines.push('battbuild build');
  const typed = await new Shell(root, join(root, 'bin')).type(lines);
  const { code: exit, stdout, stderr } = typed[typed.length - 1];
  return { code: exit, printed: mask(stderr === '' ? stdout : stderr, root) };
}

function mask(text: string, root: string): string {
  return text.replaceAll(root, '/arc').replaceAll(/unusable-[\dTZ-]+/g, 'unusable-DATE');
}

function shownBy({ blocks }: Section): string {
  const [shown] = blocks.filter(({ language }) => language === 'text');
  return mask(shown.text, '/arc');
}

it('has an entry for every code and for nothing else, in order', () => {
  expect([...entries.keys()]).toEqual(CODES);
  expect(sections.filter(({ title }) => entries.has(title))).toHaveLength(CODES.length);
});

describe.each(CODES)('the entry of %s', (code) => {
  it('says what the code means, and shows an example with its message', () => {
    const entry = entries.get(code) as Section;
    expect(entry.prose.join('\n').trim().split('\n')[0]).toBe(DIAGNOSTIC_CODES[code]);
    expect(entry.blocks.filter(({ language }) => language === 'text')).toHaveLength(1);
    expect(shownBy(entry)).toContain(code);
  });
});

/** Codes that no shell can cause at will; their entries have only the message. */
const UNTYPED: ReadonlyMap<string, () => Promise<readonly Diagnostic[]>> = new Map([
  ['OUT004', buildWithoutLinks],
  [
    'PY005',
    async () => unloaded(NOT_STARTED).diagnostics.map((one) => ({ ...one, file: 'python/example.py' })),
  ],
  ['FILE003', async () => [changedMeanwhile('solvers/example.py')]],
  ['STORE005', async () => [storeNotice(ONLY_READ)]],
  [
    'QUEUE001',
    async () => [
      troubleFrom(unreachable(QUEUE, REFUSED), { kind: 'environment', variable: 'BATTBUILD_QUEUE' }),
    ],
  ],
  [
    'QUEUE002',
    async () => [troubleFrom(otherVersion(QUEUE, ['node7', 'node8']), { kind: 'flag', flag: '--queue' })],
  ],
  ['QUEUE003', async () => [troubleFrom(differentAnswer('node7/4711-ab12'), CONFIGURED)]],
  [
    'QUEUE004',
    async () => [
      troubleFrom(noPython(QUEUE, ['node7', 'node8']), { kind: 'environment', variable: 'BATTBUILD_QUEUE' }),
    ],
  ],
]);

const NOT_STARTED = {
  kind: 'lost',
  reason: 'crashed',
  detail: 'no interpreter can be started: out of memory',
  at: -1,
} as const;

const ONLY_READ = {
  kind: 'read-only',
  reason: 'permission denied',
  file: '/arc/cache/battbuild.db',
} as const;

const QUEUE = 'redis://build-host:6379';
const REFUSED = 'connect ECONNREFUSED 10.0.0.5:6379';
const CONFIGURED = { kind: 'file', file: 'config/battbuild.json', line: 4 } as const;

async function buildWithoutLinks(): Promise<readonly Diagnostic[]> {
  const link: FileSystem['link'] = (path) => new FileProblem('EPERM', path);
  const world = { files: { ...nodeFileSystem, link } };
  const { diagnostics } = await buildIn(workspaceFor('OUT004'), { world });
  return diagnostics.slice(0, 1);
}

it.each(CODES.filter((code) => !UNTYPED.has(code)))(
  '%s: the example gives the message and its exit code',
  async (code) => {
    const entry = entries.get(code) as Section;
    const { code: exit, printed } = await printedBy(code, entry);
    expect(printed).toBe(shownBy(entry));
    const warning = /\(a (warning|note)\)\.$/.test(DIAGNOSTIC_CODES[code]);
    // The exit code of a pipe is that of its last program.
    const piped = entry.blocks.some(({ language, text }) => language === 'sh' && text.includes(' | '));
    expect(exit).toBe(warning || piped ? 0 : code.startsWith('CONF') ? 2 : 1);
  },
);

it.each([...UNTYPED])('%s: the message is what is shown', async (code, provoke) => {
  const lines = diagnosticLines(await provoke(), new Style(1));
  expect(`${lines.join('\n')}\n`).toBe(shownBy(entries.get(code) as Section));
});

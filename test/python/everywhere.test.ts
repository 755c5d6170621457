/** A program in Python comes to the same on every Node, with any number of workers, in any interpreter. */
import { execFileSync, spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder, writeFiles } from '../build/rig.js';
import { MAIN } from '../cli/rig.js';
import { plainEnvironment } from '../environment.js';
import { ATTEMPTS } from './escape-attempts.js';
import { programNumber } from './programs.js';
import { gridsOf, Rig } from './rig.js';

const further = (process.env['BATTBUILD_TEST_NODES'] ?? '').split(delimiter).filter((path) => path !== '');
const nodes = [process.execPath, ...further];

/** Generated programs, and hostile ones. */
const FILES: readonly string[] = [
  ...Array.from({ length: 60 }, (_, k) => programNumber(20_000 + k)),
  ...Object.values(ATTEMPTS).map((source) => source.replaceAll('FILE', '/etc/hostname')),
];

function workspace(): string {
  const root = temporaryFolder();
  writeFiles(root, {
    'tasks/task001.json': JSON.stringify({
      train: [{ input: [[1, 2, 3]], output: [[3, 2, 1]] }],
      test: [{ input: [[4, 5]], output: [[5, 4]] }],
    }),
    'config/battbuild.json': '{ "python": "python", "python.events": 3000 }',
  });
  writeFiles(
    root,
    Object.fromEntries(FILES.map((text, k) => [`python/${String(k).padStart(3, '0')}.py`, text])),
  );
  return root;
}

/** What a build on a Node finds out, all of it, without what is the machine's to say. */
function resultsOn(node: string, root: string, name: string, ...options: readonly string[]): string[] {
  const where = ['--cache', join(root, `cache-${name}`), '--out', join(root, `out-${name}`)];
  const run = (args: readonly string[]) =>
    execFileSync(node, [MAIN, ...args, ...where], {
      cwd: root,
      encoding: 'utf8',
      env: plainEnvironment(),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  try {
    run(['build', '--quiet', ...options]);
  } catch (error) {
    // Some files are refused: that is exit code 1.
    if ((error as { status?: number }).status !== 1) throw error;
  }
  const lines = run(['results', '--format', 'jsonl', '--outputs']).trimEnd().split('\n');
  expect(lines.length).toBeGreaterThan(FILES.length);
  return lines.filter((line) => !line.includes('"crashed"'));
}

it('comes to the same on each Node', () => {
  const root = workspace();
  const [own, ...others] = nodes.map((node, k) => resultsOn(node, root, String(k)));
  for (const other of others) expect(other).toEqual(own);
}, 300_000);

it('comes to the same with 1, 2 and 7 workers', () => {
  const root = workspace();
  const [one, two, seven] = [1, 2, 7].map((jobs) =>
    resultsOn(process.execPath, root, `j${jobs}`, '-j', String(jobs)),
  );
  expect(two).toEqual(one);
  expect(seven).toEqual(one);
}, 300_000);

it('comes to the same while the machine has other things to do', () => {
  const root = workspace();
  const quiet = resultsOn(process.execPath, root, 'quiet');
  const busy = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  );
  try {
    expect(resultsOn(process.execPath, root, 'busy', '-j', '2')).toEqual(quiet);
  } finally {
    for (const child of busy) child.kill('SIGKILL');
  }
}, 300_000);

it('comes to the same in three interpreters as in one', async () => {
  const alone = new Rig();
  const programs: Uint8Array[] = [];
  for (const source of FILES) {
    const { functions } = await alone.load(source);
    programs.push(...functions.map(({ program }) => program));
  }
  const inputs = gridsOf([[[1, 2, 3]], [[4], [5]]]);
  const wanted = await alone.run(programs, inputs, { events: 3000 });
  const shares = await Promise.all(
    [0, 1, 2].map((share) =>
      new Rig().run(
        programs.filter((_, k) => k % 3 === share),
        inputs,
        { events: 3000 },
      ),
    ),
  );
  const said = (all: typeof wanted) =>
    all.map((ended) => ended.map((one) => (one.status === 'crashed' ? 'crashed' : JSON.stringify(one))));
  shares.forEach((ended, share) => {
    expect(said(ended)).toEqual(said(wanted.filter((_, k) => k % 3 === share)));
  });
}, 300_000);

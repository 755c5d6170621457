/** The same inputs give the same bytes, results and keys, wherever and however the command runs. */
import { cpSync, existsSync, mkdirSync, realpathSync, renameSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linesOf, temporaryFolder, treeOf } from '../build/rig.js';
import { TestWorkspace } from '../cli/rig.js';
import { stepsIn, writeInputs } from './inputs.js';

/** How the command runs: in which folder, with which environment, and with which names for the same folders. */
interface Variant {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly config?: unknown;
  /** The current folder, given the workspace's folder. */
  readonly from?: (root: string) => string;
  /** Options that name the config, given the workspace's folder and the current one. */
  readonly named?: (root: string) => readonly string[];
}

/** Another name of the workspace's folder: a link. */
function byLink(root: string): string {
  const link = `${root}-link`;
  if (!existsSync(link)) symlinkSync(basename(root), link);
  return link;
}

const VARIANTS: Readonly<Record<string, Variant>> = {
  'one worker, in the C locale': { args: ['-j', '1'], env: { LANG: 'C', LC_ALL: 'C' } },
  'two workers, in a Turkish locale, the day before': {
    args: ['-j', '2'],
    env: { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Midway' },
  },
  'seven workers, in a Swedish locale, the day after': {
    args: ['-j', '7'],
    env: { LC_ALL: 'sv_SE.UTF-8', TZ: 'Pacific/Kiritimati' },
  },
  'an Arabic locale without a zone, from a folder below': {
    env: { LC_ALL: 'ar_EG.UTF-8', TZ: 'nowhere' },
    from: (root) => join(root, 'solvers'),
  },
  'a link to the workspace, and folders with slashes to spare': {
    from: byLink,
    config: {
      tasks: ['tasks/'],
      solvers: './/solvers//',
      differs: 'solvers/../differs/.',
      cache: 'cache/',
      out: './out/',
    },
  },
  'a config named relatively, with slashes to spare': {
    from: (root) => join(root, 'tasks'),
    named: () => ['--config', '..//solvers/../config//battbuild.json'],
  },
  'a config named through a link': {
    from: () => '/',
    named: (root) => ['--config', join(byLink(root), 'config/battbuild.json')],
  },
  'folders named absolutely in options': {
    from: dirname,
    named: (root) => [
      ...['--config', join(root, 'config/battbuild.json')],
      ...['tasks', 'solvers', 'differs', 'cache', 'out'].flatMap((name) => [
        `--${name}`,
        `${root}//${name}/`,
      ]),
    ],
  },
};

interface Built {
  readonly published: readonly string[];
  readonly results: string;
  readonly steps: readonly string[];
  readonly said: readonly string[];
}

/** Runs the command and reads everything that it produced. */
async function builtIn(
  root: string,
  { args = [], env = {}, from = (r) => r, named = () => [] }: Variant,
): Promise<Built> {
  const place = new TestWorkspace(from(root));
  const options = named(root);
  const build = await place.runWith(env, 'build', '--json', ...args, ...options);
  expect(build.code, build.stderr).toBe(1);
  const events = build.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const results = await place.runWith(env, 'results', '--format', 'jsonl', '--outputs', ...options);
  expect(results.code, results.stderr).toBe(0);
  return {
    published: linesOf(treeOf(join(root, 'out'))),
    results: results.stdout,
    steps: stepsIn(join(root, 'cache')),
    said: events.filter(({ type }) => type === 'diagnostic').map((event) => JSON.stringify(event)),
  };
}

function newWorkspace(config?: unknown): string {
  const root = join(realpathSync(temporaryFolder()), 'workspace');
  writeInputs(root, config);
  return root;
}

describe('the published files, the results, the keys and the diagnostics', () => {
  let reference: Promise<Built> | null = null;

  it.each(Object.entries(VARIANTS))('are the same with %s', async (_name, variant) => {
    reference ??= builtIn(newWorkspace(), {});
    const expected = await reference;
    expect(expected.published.length).toBeGreaterThan(40);
    expect(expected.results.split('\n').length).toBeGreaterThan(300);
    expect(await builtIn(newWorkspace(variant.config), variant)).toEqual(expected);
  });
});

describe('a store made in one place is a hit in another', () => {
  /** Builds again; returns how much ran. */
  async function rebuilt(root: string, ...args: readonly string[]): Promise<Record<string, unknown>> {
    const { cellsRun, publishedChanged, phases } = await new TestWorkspace(root).build(...args);
    const misses = Object.values(phases as Record<string, { readonly misses: number }>);
    return { cellsRun, publishedChanged, steps: misses.reduce((sum, phase) => sum + phase.misses, 0) };
  }

  const NOTHING = { cellsRun: 0, publishedChanged: 0 };

  it('when the workspace is moved', async () => {
    const root = newWorkspace();
    await new TestWorkspace(root).build();
    const before = linesOf(treeOf(join(root, 'out')));
    const moved = join(dirname(root), 'elsewhere', 'moved');
    mkdirSync(dirname(moved));
    renameSync(root, moved);
    expect(await rebuilt(moved)).toMatchObject(NOTHING);
    expect(linesOf(treeOf(join(moved, 'out')))).toEqual(before);
  });

  it('when the store is copied beside the same inputs', async () => {
    const root = newWorkspace();
    await new TestWorkspace(root).build();
    const other = newWorkspace();
    cpSync(join(root, 'cache'), join(other, 'cache'), { recursive: true });
    expect(await rebuilt(other)).toMatchObject({ cellsRun: 0 });
    expect(linesOf(treeOf(join(other, 'out')))).toEqual(linesOf(treeOf(join(root, 'out'))));
    expect(stepsIn(join(other, 'cache'))).toEqual(stepsIn(join(root, 'cache')));
  });

  it('when two workspaces share it', async () => {
    const root = newWorkspace();
    await new TestWorkspace(root).build();
    const other = newWorkspace();
    expect(await rebuilt(other, '--cache', join(root, 'cache'))).toMatchObject({ cellsRun: 0 });
    // And neither takes the other's files as its own.
    expect(await rebuilt(root)).toEqual({ ...NOTHING, steps: 0 });
  });
});

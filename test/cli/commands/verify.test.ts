/** `verify` on the command line: its output and its exit codes. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HARMS, type Harm } from '../../../bench/reliability/damage/harms.js';
import { Random } from '../../../bench/workspace/random.js';
import { mirrorWorkspace, type TestWorkspace } from '../rig.js';

async function builtWorkspace(): Promise<TestWorkspace> {
  const workspace = mirrorWorkspace();
  await workspace.build();
  return workspace;
}

function loseText(workspace: TestWorkspace): string {
  const [name] = readdirSync(workspace.path('out/solver_md5'));
  rmSync(workspace.path(`out/solver_md5/${name}`));
  return `out/solver_md5/${name}`;
}

describe('verify', () => {
  it('says what it checked, and that nothing is wrong', async () => {
    const workspace = await builtWorkspace();
    const { code, stdout, stderr } = await workspace.run('verify', '--recompute', '100%');
    expect(stdout).toMatch(/^checked \d+ steps in \d+ packs, .* 1 task of 1 selection, .* run again\n/);
    expect(stdout).toContain('nothing is wrong\n');
    expect([code, stderr]).toEqual([0, '']);
  });

  it('ends with 1 and a line for each problem', async () => {
    const workspace = await builtWorkspace();
    const lost = loseText(workspace);
    const { code, stdout } = await workspace.run('verify');
    expect(code).toBe(1);
    expect(stdout).toContain(`wrong: ${lost}: was published, and there is no such file or folder\n`);
    expect(stdout).toMatch(/wrong; --repair drops it\n$/);
  });

  it('has nothing to say after a repair and a build', async () => {
    const workspace = await builtWorkspace();
    loseText(workspace);
    expect((await workspace.run('verify', '--repair')).code).toBe(1);
    await workspace.build();
    expect((await workspace.run('verify')).code).toBe(0);
  });

  it('--json prints counts and problems as one object', async () => {
    const workspace = await builtWorkspace();
    const [verified] = await workspace.json('verify', '--json', '--recompute', '50');
    expect(verified).toMatchObject({ selections: 1, tasks: 1, pending: 0, problems: [], repaired: false });
  });

  it.each(['0', '101%', 'all'])('refuses %s as a percentage', async (text) => {
    const { code, stderr } = await (await builtWorkspace()).run('verify', '--recompute', text);
    expect(code).toBe(2);
    expect(stderr).toContain('expected a percentage');
  });

  it('begins no store where there is none', async () => {
    const workspace = mirrorWorkspace();
    expect((await workspace.run('verify')).code).toBe(2);
    expect(existsSync(workspace.path('cache'))).toBe(false);
  });
});

/** What may happen to published files; the path of a text and that of a link to it are given. */
const PUBLISHED_HARMS: Readonly<Record<string, (text: string, link: string) => void>> = {
  'a text is gone': (text) => rmSync(text),
  'a text is edited': (text) => writeFileSync(text, 'edited'),
  'a folder stands in the place of a text': (text) => {
    rmSync(text);
    mkdirSync(text);
  },
  'a link is gone': (_, link) => rmSync(link),
  'a link leads nowhere': (_, link) => {
    rmSync(link);
    symlinkSync('nowhere', link);
  },
  'a text stands in the place of a link': (_, link) => {
    rmSync(link);
    writeFileSync(link, 'mine');
  },
};

function firstOf(workspace: TestWorkspace, folder: string): string {
  const entries = readdirSync(workspace.path(folder), { recursive: true, withFileTypes: true });
  const found = entries.find((entry) => !entry.isDirectory());
  return `${found?.parentPath}/${found?.name}`;
}

describe('verify has nothing to say right after --repair', () => {
  async function expectRepaired(workspace: TestWorkspace, thenBuild = true): Promise<void> {
    const found = await workspace.run('verify');
    const repair = await workspace.run('verify', '--repair');
    const { code, stdout } = await workspace.run('verify');
    expect({ found: found.stdout, repair: repair.stdout, code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('nothing is wrong\n'),
    });
    // A build cannot replace a folder, and reports that.
    if (!thenBuild) return;
    expect(await workspace.build()).toMatchObject({ solved: 1 });
    expect((await workspace.run('verify')).code).toBe(0);
  }

  it.each(Object.keys(PUBLISHED_HARMS))('where %s', async (name) => {
    const workspace = await builtWorkspace();
    PUBLISHED_HARMS[name](firstOf(workspace, 'out/solver_md5'), firstOf(workspace, 'out/solver_dir'));
    expect((await workspace.run('verify')).code).toBe(1);
    await expectRepaired(workspace, !name.startsWith('a folder'));
  });

  const harms = Object.entries<Harm>(HARMS).filter(([, { unclean }]) => !unclean);
  it.each(harms)('of a store with %s', async (_, { bytes, rows }) => {
    for (const seed of [1, 2]) {
      const workspace = await builtWorkspace();
      const file = workspace.path('cache/battbuild.db');
      const random = new Random(`repair ${seed}`);
      rows?.(file, random);
      if (bytes !== undefined) {
        writeFileSync(file, bytes({ database: readFileSync(file), journal: null }, random).database);
      }
      await expectRepaired(workspace);
    }
  });
});

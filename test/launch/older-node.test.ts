/**
 * The program started with a Node that is too old: that of the machine, or those in BATTBUILD_TEST_OLD_NODES (paths,
 * separated as in PATH).
 */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { outputOf } from '../child-output.js';
import { emptyWorkspace, MAIN, mirrorWorkspace } from '../cli/rig.js';
import { plainEnvironment } from '../environment.js';

const BUNDLE = fileURLToPath(new URL('../../dist/bundle/', import.meta.url));
const LAUNCHER = ['main.js', 'older-node.js'];

/** Programs called `node` in PATH (not those of npm packages) and in BATTBUILD_TEST_OLD_NODES that are too old. */
function olderNodes(): string[] {
  const named = (process.env['BATTBUILD_TEST_OLD_NODES'] ?? '')
    .split(delimiter)
    .filter((path) => path !== '');
  const inPath = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'node'));
  const present = [...named, ...inPath].filter((path) => existsSync(path)).map((path) => realpathSync(path));
  const major = (node: string) =>
    Number.parseInt(execFileSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }), 10);
  return [...new Set(present)].filter((node) => major(node) < 22);
}

const found = olderNodes();
const nodes = found.length === 0 ? [null] : found;

function start(node: string, args: readonly string[], folder: string, main = MAIN) {
  return spawn(node, [main, ...args], { cwd: folder, env: plainEnvironment() });
}

describe.each(nodes)('an older Node (%s)', (node) => {
  // Vitest reports these as skipped, and the name tells why: the machine has no older Node.
  const test = it.skipIf(node === null);
  const old = node as string;

  test('runs the program on the Node that is installed beside it', async () => {
    const workspace = mirrorWorkspace();
    const built = await outputOf(start(old, ['build', '--quiet'], workspace.folder));
    expect(built).toMatchObject({ code: 0, stderr: '', stdout: '' });
    const results = await outputOf(start(old, ['results', '--format', 'jsonl'], workspace.folder));
    expect(results.stdout).toBe((await workspace.run('results', '--format', 'jsonl')).stdout);
  });

  test('passes exit codes on', async () => {
    const { folder } = emptyWorkspace();
    expect((await outputOf(start(old, ['bild'], folder))).code).toBe(2);
    expect((await outputOf(start(old, ['--version'], folder))).code).toBe(0);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'passes %s on: a watch ends as it does otherwise',
    async (signal) => {
      const child = start(old, ['watch', '--json'], mirrorWorkspace().folder);
      let printed = '';
      let isSent = false;
      child.stdout.on('data', (data) => {
        printed += data;
        if (isSent || !printed.includes('"type":"waiting"')) return;
        isSent = true;
        child.kill(signal);
      });
      expect(await outputOf(child)).toMatchObject({ code: 0, stderr: '' });
    },
  );

  test('says in one line what it needs where there is no other, with exit code 2', async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'battbuild-launch-')));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const bundle = join(folder, 'battbuild', 'dist', 'bundle');
    for (const file of LAUNCHER) cpSync(join(BUNDLE, file), join(bundle, file));
    const { code, stdout, stderr } = await outputOf(start(old, ['build'], folder, join(bundle, 'main.js')));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: battbuild needs Node 22\.12 or later, and this is v\d+\.\d+\.\d+: .*\n$/);
  });
});

describe('what an older Node has to read', () => {
  it('loads nothing of the program', () => {
    const [main, older] = LAUNCHER.map((file) => readFileSync(join(BUNDLE, file), 'utf8'));
    expect(main).not.toMatch(/^(let|const|var) .*require\(/m);
    const required = [...older.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
    expect([...new Set(required)].sort()).toEqual(['child_process', 'fs', 'path', 'url']);
    expect(readdirSync(BUNDLE)).toEqual(expect.arrayContaining(LAUNCHER));
  });

  it('asks for what package.json asks for', () => {
    const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    const { engines } = JSON.parse(manifest) as { engines: { node: string } };
    const main = readFileSync(join(BUNDLE, 'main.js'), 'utf8');
    expect(main).toContain(`"${engines.node.replace('>=', '')}"`);
  });
});

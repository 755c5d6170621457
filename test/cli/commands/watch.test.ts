/** `battbuild watch` as a separate process on real files. */
import { cpSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { mirrorWorkspace } from '../rig.js';
import { watched } from '../watch-process.js';

const SOLVERS = 'solvers/mirror.py';

describe('while it watches', () => {
  it('builds what was edited, and says what that changed', async () => {
    const watch = await watched();
    const { workspace } = watch;
    const text = workspace.read(SOLVERS);
    workspace.write(SOLVERS, text.replaceAll('vmirror', 'hmirror'));
    expect(await watch.results()).toMatchObject({ compared: true, lost: ['mirror'] });
    workspace.write(SOLVERS, text);
    expect(await watch.results()).toMatchObject({ compared: true, solved: ['mirror'] });
    expect(watch.stderr).toBe('');
  });

  it('follows files that editors replace, and that come and go', async () => {
    const watch = await watched();
    const { workspace } = watch;
    const text = workspace.read(SOLVERS);
    for (const [expression, list] of [
      ['hmirror', 'lost'],
      ['vmirror', 'solved'],
    ] as const) {
      workspace.write('solvers/.mirror.py.tmp', text.replaceAll('vmirror', expression));
      renameSync(workspace.path('solvers/.mirror.py.tmp'), workspace.path(SOLVERS));
      expect(await watch.results()).toMatchObject({ [list]: ['mirror'] });
    }
    rmSync(workspace.path(SOLVERS));
    expect(await watch.results()).toMatchObject({ lost: ['mirror'] });
    workspace.write('solvers/in/a/new/folder.py', text);
    expect(await watch.results()).toMatchObject({ solved: ['mirror'] });
    workspace.write('solvers/in/a/new/folder.py', text.replaceAll('vmirror', 'hmirror'));
    expect(await watch.results()).toMatchObject({ lost: ['mirror'] });
  });

  it('follows a folder that is deleted and restored, again and again', async () => {
    const watch = await watched();
    const { workspace } = watch;
    const solvers = workspace.path('solvers');
    for (let round = 0; round < 3; round++) {
      cpSync(solvers, workspace.path('saved'), { recursive: true });
      rmSync(solvers, { recursive: true });
      expect(await watch.results()).toMatchObject({ lost: ['mirror'] });
      renameSync(workspace.path('saved'), solvers);
      expect(await watch.results()).toMatchObject({ solved: ['mirror'] });
    }
  });

  it('misses none of thousands of files that come and go at once, as a branch switch makes them', async () => {
    const watch = await watched();
    const { workspace } = watch;
    const FILES = 2000;
    for (let k = 0; k < FILES; k++) {
      workspace.write(`solvers/branch/${k}.py`, `def f_${k}(I):\n    return replace(I, ${k}, ONE)\n`);
    }
    // Two builds or more if writing took long: each reports what was added.
    await watch.solversChanged(FILES);
    const { stdout } = await workspace.run('results', '--format', 'jsonl');
    expect(stdout.trimEnd().split('\n')).toHaveLength((FILES + 4) * 3);
    rmSync(workspace.path('solvers/branch'), { recursive: true });
    await watch.solversChanged(FILES);
    const { stdout: without } = await workspace.run('results', '--format', 'jsonl');
    expect(without.trimEnd().split('\n')).toHaveLength(4 * 3);
  });

  it('stops a build whose inputs change, though it would never end', async () => {
    const endless = ['--budget', '9007199254740991', '--timeout', '86400', '-j', '1'];
    const watch = await watched(mirrorWorkspace(), ...endless);
    const { workspace } = watch;
    const never =
      'def solve_mirror(I):\n    x1 = rbind(add, ONE)\n    x2 = power(x1, 9007199254740991)\n    return x2(ONE)\n';
    workspace.write('solvers/endless.py', never);
    await watch.until(({ type, phase }) => type === 'looked-up' && phase === 'validate');
    workspace.write('solvers/endless.py', 'def solve_mirror(I):\n    return I\n');
    const stopped = await watch.until(({ type }) => type === 'summary');
    expect(stopped.at(-1)).toMatchObject({ interrupted: true });
    const results = await watch.results();
    expect(results['tasks']).toMatchObject([{ solvers: [{ name: 'solve_mirror', before: null, after: 0 }] }]);
  });

  it('makes its store and its output again when they are deleted', async () => {
    const watch = await watched();
    const { workspace } = watch;
    rmSync(workspace.path('out'), { recursive: true });
    await watch.results();
    expect(existsSync(workspace.path('out/solver_md5'))).toBe(true);
    rmSync(workspace.path('cache'), { recursive: true });
    await watch.results();
    expect(existsSync(workspace.path('cache/battbuild.db'))).toBe(true);
    rmSync(workspace.path('cache'), { recursive: true });
    rmSync(workspace.path('out'), { recursive: true });
    await watch.results();
    expect(await watch.interrupt()).toBe(0);
    expect(await workspace.build()).toMatchObject({ solved: 1, cellsRun: 0 });
  });

  it('says that the config is broken, goes on with the last good one, and takes the mended one', async () => {
    const watch = await watched();
    const { workspace } = watch;
    workspace.write('config/battbuild.json', '{"solver": "solvers"}');
    const broken = await watch.until(({ type }) => type === 'config');
    expect(broken.at(-1)).toMatchObject({ diagnostics: [{ code: 'CONF003' }] });
    rmSync(workspace.path(SOLVERS));
    expect(await watch.results()).toMatchObject({ lost: ['mirror'] });
    workspace.write('mine/mirror.py', 'def solve_mirror(I):\n    return vmirror(I)\n');
    workspace.write('config/battbuild.json', '{"solvers": "mine"}');
    expect(await watch.results()).toMatchObject({ solved: ['mirror'] });
    // The files of the new config are watched.
    workspace.write('mine/mirror.py', 'def solve_mirror(I):\n    return I\n');
    expect(await watch.results()).toMatchObject({ lost: ['mirror'] });
  });
});

describe('its end', () => {
  it('is a normal one when it comes by Ctrl-C', async () => {
    const watch = await watched();
    expect(await watch.interrupt()).toBe(0);
    expect(watch.stderr).toBe('');
  });

  it('comes when nobody reads what it prints', async () => {
    const watch = await watched();
    const ended = watch.stopReading();
    writeFileSync(watch.workspace.path(SOLVERS), '');
    expect(await ended).toBe(0);
  });

  it('comes at once, with exit code 2, when a task is asked for that is not there', async () => {
    const { code, stderr } = await mirrorWorkspace().run('watch', '-i', 'miror');
    expect(stderr).toContain('there is no task "miror"');
    expect(stderr).toContain('did you mean "mirror"?');
    expect(code).toBe(2);
  });

  it('comes before it began when the config cannot be used', async () => {
    const workspace = mirrorWorkspace();
    workspace.write('config/battbuild.json', '{"solver": "solvers"}');
    const { code, stderr } = await workspace.run('watch');
    expect(stderr).toContain('CONF003');
    expect(code).toBe(2);
  });
});

describe('for a person', () => {
  it('shows the causes, what ran and the changed results of each build', async () => {
    const workspace = mirrorWorkspace();
    const child = workspace.start(['watch']);
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    let stdout = '';
    let arrived = () => {};
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      arrived();
    });
    const shown = async (text: string) => {
      while (!stdout.includes(text)) {
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
      }
    };
    await shown('watching for changes; Ctrl-C ends\n');
    expect(stdout).toMatch(/^1 task: 1 solved, 0 partly, 0 unsolved; 9 of 9 cells executed in /);
    workspace.write(SOLVERS, workspace.read(SOLVERS).replaceAll('vmirror', 'hmirror'));
    await shown(' after the save');
    expect(stdout).toMatch(
      /\n\d\d:\d\d:\d\d {2}solvers\/mirror\.py\n {2}lost now {2}mirror {2}best 3 -> 2 of 3 samples /,
    );
    const closed = new Promise((resolve) => child.on('close', resolve));
    child.kill('SIGINT');
    expect(await closed).toBe(0);
  });
});

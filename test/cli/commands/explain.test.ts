/** `explain`: single steps, and the meanings of codes. */
import { describe, expect, it } from 'vitest';
import type { ExplainedStep } from '../../../src/build/explain/explain.js';
import type { LastRun } from '../../../src/build/explain/last-run.js';
import { DIAGNOSTIC_CODES } from '../../../src/diagnostic.js';
import { readDocument } from '../../markdown.js';
import { emptyWorkspace, mirrorWorkspace, type TestWorkspace } from '../rig.js';

async function builtWorkspace(): Promise<TestWorkspace> {
  const workspace = mirrorWorkspace();
  await workspace.build();
  return workspace;
}

describe('explain --phase, --sample, --inputs', () => {
  it('asks for one step, and shows its key with all that is in it', async () => {
    const workspace = await builtWorkspace();
    const step = ['explain', 'mirror/turn_all', '--phase', 'validate', '--sample', 'test0'];
    const { code, stdout, stderr } = await workspace.run(...step, '--inputs');
    expect(stdout).toMatch(/^mirror\/turn_all, compared with run 1\nhit {2}validate {2}turn_all on test 0 /);
    expect(stdout).toMatch(/^ +key [0-9a-f]{64}$/m);
    expect(stdout).toMatch(/^ +budget\.cost: 20000000$/m);
    expect(stdout).toMatch(/^ +primitive rot180: [0-9a-f]{12}\.\.\.$/m);
    expect(stdout).toMatch(/\n1 hit, 0 misses\n$/);
    expect([code, stderr]).toEqual([0, '']);
    expect((await workspace.run(...step)).stdout).not.toContain('budget.cost');
  });

  it('shows an input that changed once, with both of its values', async () => {
    const workspace = await builtWorkspace();
    const step = ['explain', 'mirror/turn_all', '--phase', 'validate', '--sample', '0', '--inputs'];
    const { stdout } = await workspace.run(...step, '--budget', '12345');
    expect(stdout.match(/^ +budget\.cost: .*$/gm)).toEqual(['         budget.cost: 20000000 -> 12345']);
    expect(stdout).toContain(' on demo 0');
  });

  it('takes samples of any list, and says much in one line of many that are alike', async () => {
    const workspace = emptyWorkspace();
    const sample = (color: number) => ({ input: [[color, 0]], output: [[0, color]] });
    const more = Array.from({ length: 40 }, (_, k) => sample(k % 10));
    const task = { train: [sample(1)], test: [sample(2)], 'arc-gen': more };
    workspace.write('tasks/mirror.json', JSON.stringify(task));
    workspace.write('solvers/mirror.py', 'def turn_rows(I):\n    O = vmirror(I)\n    return O\n');
    workspace.write('config/battbuild.json', '{"samples": ["train", "test", "arc-gen"]}');
    await workspace.build();
    const { stdout } = await workspace.run('explain', 'mirror', '--phase', 'validate');
    expect(stdout.replace(/ {2,}/g, '  ')).toBe(
      [
        'mirror, compared with run 1',
        'hit  validate  turn_rows on demo 0  made by run 1',
        'hit  validate  turn_rows on test 0  made by run 1',
        'hit  validate  turn_rows on arc-gen 0 to 39  made by run 1',
        '',
        '42 hits, 0 misses',
        '',
      ].join('\n'),
    );
    const one = await workspace.run('explain', 'mirror', '--sample', 'arc-gen39');
    expect(one.stdout).toContain('turn_rows on arc-gen 39 ');
    const none = await workspace.run('explain', 'mirror', '--sample', 'arc-gen40');
    expect(none.stderr).toMatch(
      /^error: --sample: expected demo0, test0, arc-gen0, .* or another of them, found "arc-gen40"/,
    );
    expect(none.code).toBe(2);
  });

  it('takes the steps of all solvers on a sample', async () => {
    const workspace = await builtWorkspace();
    const [{ steps }] = await workspace.json<{ steps: ExplainedStep[] }>(
      'explain',
      'mirror',
      '--sample',
      'demo 1',
      '--json',
    );
    expect(steps.map(({ phase, subject, sample }) => `${phase} ${subject}, ${sample}`)).toEqual([
      'validate turn_rows on demo 1, demo 1',
      'validate turn_all on demo 1, demo 1',
      'validate first_nine on demo 1, demo 1',
    ]);
  });

  it('says which phases and samples there are', async () => {
    const workspace = await builtWorkspace();
    expect(await workspace.run('explain', 'mirror', '--phase', 'validte')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: --phase: expected load, inline, validate, score or publish, found "validte"\n',
    });
    expect(await workspace.run('explain', 'mirror', '--sample', 'test1')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: --sample: expected demo0, demo1 or test0, found "test1"\n',
    });
  });
});

describe('explain CODE', () => {
  it('prints the entry of the code, wherever one is', async () => {
    const { code, stdout, stderr } = await emptyWorkspace().run('explain', 'LANG012');
    expect(stdout).toBe(
      [
        `LANG012: ${DIAGNOSTIC_CODES.LANG012}`,
        '',
        'for example, in solvers/example.py',
        '    def solve(I):',
        '        return vmiror(I)',
        '',
        'prints',
        '    solvers/example.py:2:12: error LANG012: the name "vmiror" is unknown',
        '        did you mean "vmirror"?',
        '',
        'Names that are imported are unknown as well: put what they stand for into the file. So are names to which the top level of the file assigns something',
        'that is no literal, such as a type.',
        '',
      ].join('\n'),
    );
    expect([code, stderr]).toEqual([0, '']);
  });

  it('has the text of every code as the document has it', async () => {
    const workspace = emptyWorkspace();
    const document = readDocument('docs/errors.md');
    // The first code of the document, one whose example has a comment, and the last.
    for (const code of ['LANG001', 'OUT001', 'STORE004']) {
      const [entry] = await workspace.json<Record<string, string>>('explain', code, '--json');
      expect(Object.keys(entry)).toEqual(['code', 'meaning', 'text']);
      expect(entry['text'].length).toBeGreaterThan(100);
      expect(document).toContain(`### ${code}\n${entry['meaning']}\n\n${entry['text']}`);
      expect(entry['text']).not.toMatch(/^#/m);
    }
  });

  it('does not mind the case, nor a config that is wrong', async () => {
    const workspace = emptyWorkspace();
    workspace.write('config/battbuild.json', '{');
    expect((await workspace.run('explain', 'conf002')).stdout).toMatch(/^CONF002: /);
  });

  it('knows the code that was meant', async () => {
    expect(await emptyWorkspace().run('explain', 'STORE009')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: there is no code STORE009\n    did you mean "STORE001"?\n',
    });
  });

  it('is the task of that name where the word is not in capitals, and with -i', async () => {
    const workspace = emptyWorkspace();
    for (const id of ['task001', 'TASK002']) workspace.writeMirrorTask(id);
    await workspace.build();
    expect((await workspace.run('explain', 'task001')).stdout).toMatch(/^task001, compared with run 1/);
    expect((await workspace.run('explain', 'TASK002')).stdout).toMatch(/^TASK002: A task or a sample/);
    expect((await workspace.run('explain', '-i', 'TASK002')).stdout).toMatch(/^TASK002, compared with run 1/);
    expect((await workspace.run('explain', 'task003')).stdout).toMatch(/^TASK003: /);
  });

  it('or a task has to be there', async () => {
    const { code, stderr } = await emptyWorkspace().run('explain');
    expect(stderr).toContain('explain needs a task, a code or --last');
    expect(code).toBe(2);
  });
});

describe('build --explain and explain --last', () => {
  it('say why what ran did: as it goes, and summed up afterwards', async () => {
    const workspace = await builtWorkspace();
    const solvers = workspace.read('solvers/mirror.py');
    workspace.write('solvers/mirror.py', solvers.replace('rot180', 'rot90'));
    const built = await workspace.run('build', '--explain', '--quiet');
    const digests = '[0-9a-f]{12} -> [0-9a-f]{12}';
    const another = `solver is another program: solvers/mirror\\.py turn_all ${digests}`;
    expect(built.stderr).toMatch(
      new RegExp(
        [
          `^solvers/mirror\\.py: loaded: other content: ${digests}`,
          `mirror: 1 inlined, 3 cells of 1 program, 1 scored, published: ${another}\n$`,
        ].join('\n'),
      ),
    );
    expect([built.code, built.stdout]).toEqual([0, '']);
    const again = await workspace.run('build', '--explain', '--quiet');
    expect(again.stderr).toBe('no step ran: no input changed\n');

    const { code, stdout, stderr } = await workspace.run('explain', '--last');
    expect(
      stdout
        .replaceAll(/[0-9a-f]{12}/g, 'DIGEST')
        .split('\n')
        .slice(1),
    ).toEqual([
      'no step ran in the build since then',
      '',
      '1 file loaded',
      '    other content',
      '        solvers/mirror.py DIGEST -> DIGEST',
      '',
      '1 inlined, 3 cells of 1 program, 1 scored, 1 task published in 1 task (mirror)',
      '    solver is another program',
      '        solvers/mirror.py turn_all DIGEST -> DIGEST',
      '',
    ]);
    expect(stdout).toMatch(
      /^run 2, \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC: built in [\d.]+ m?s, 3 of 9 cells executed\n/,
    );
    expect([code, stderr]).toEqual([0, '']);
  });

  it('are events and an object for programs', async () => {
    const workspace = mirrorWorkspace();
    const events = await workspace.json<Record<string, unknown>>('build', '--json', '--explain');
    expect(events.filter(({ type }) => type === 'explained').map(({ subject }) => subject)).toEqual([
      'solvers/mirror.py',
      'mirror',
    ]);
    const [last] = await workspace.json<LastRun>('explain', '--last', '--json');
    expect(last).toMatchObject({ run: 1, cellsRun: 9, runsSince: 0 });
    expect(last.causes.map(({ reasons }) => reasons)).toEqual([['first-build']]);
  });

  it('have nothing to say of what did not run', async () => {
    const workspace = mirrorWorkspace();
    const dry = await workspace.run('build', '-n', '--explain');
    expect([dry.code, dry.stdout]).toEqual([2, '']);
    expect(dry.stderr).toContain('battbuild explain TASK says what would run');
    expect((await workspace.run('explain', '--last')).stderr).toContain('there is no store');
    expect((await workspace.run('explain', 'mirror', '--last')).code).toBe(2);
  });
});

/** A first build loads files of one task together with the task; that changes nothing but the order of things. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exampleWorkspace, MIRRORED, RECOLORED } from './example.js';
import { buildIn, codesOf, linesOf, recordedIn, treeOf, writeFiles } from './rig.js';

const OF_MIRRORED = `solvers/${MIRRORED}.py`;

const SOURCES: Readonly<Record<string, string>> = {
  'only functions of its own task': `def solve_${MIRRORED}(I):\n    return rot180(I)\ndef other(I):\n    return I\n`,
  'a function of another task': `def solve_${RECOLORED}_late(I):\n    return rot90(I)\ndef other(I):\n    return I\n`,
  'a function of another task by another name': `solve_${RECOLORED} = rot90\n`,
  'one that only reading it can tell': `other = solve_${RECOLORED} = rot90\n`,
  'one behind a continued line': `def \\\n solve_${RECOLORED}(I):\n    return rot90(I)\n`,
  errors: `def solve_${MIRRORED}(I):\n    return nothing(I)\ndef solve_bbbb0003(I):\n    return I\n`,
  'the other dialect': `# dialect: tokpidjin\ndef solve_${MIRRORED}(S, I, C):\n    return rot180(I)\n`,
};

/** Builds at once, and file by file, so that nothing is loaded late. */
describe.each(Object.entries(SOURCES))('a file named after a task with %s', (_what, source) => {
  const files = { [OF_MIRRORED]: source };

  it('gives the same records, files and diagnostics as one that is read first', async () => {
    const root = exampleWorkspace(files);
    const first = await buildIn(root);
    const stepwise = exampleWorkspace();
    await buildIn(stepwise);
    writeFiles(stepwise, files);
    const second = await buildIn(stepwise);
    expect(recordedIn(root)).toEqual(recordedIn(stepwise));
    expect(linesOf(treeOf(join(root, 'out')))).toEqual(linesOf(treeOf(join(stepwise, 'out'))));
    expect(codesOf(first.diagnostics)).toEqual(codesOf(second.diagnostics));
    expect(first.summary.strays).toBe(second.summary.strays);
    expect((await buildIn(root)).ran).toEqual({});
  });
});

it('a task is evaluated before the file of a later task is loaded', async () => {
  const root = exampleWorkspace({ [OF_MIRRORED]: SOURCES['only functions of its own task'] });
  const { events } = await buildIn(root);
  const at = (phase: string, subject: string) =>
    events.findIndex((event) => event.type === 'ran' && event.phase === phase && event.subject === subject);
  const [late, early] = [at('load', OF_MIRRORED), at('load', 'solvers/recolor.py')];
  const started = events.findIndex((event) => event.type === 'task-started' && event.task === RECOLORED);
  expect(early).toBeGreaterThanOrEqual(0);
  expect(early).toBeLessThan(started);
  expect(late).toBeGreaterThan(started);
});

/** A workspace that has something to share. */
import { emptyWorkspace, type TestWorkspace } from '../cli/rig.js';

/** A workspace whose cells take some milliseconds each, with more tasks than one worker does at once. */
export function slowWorkspace(tasks = 48): TestWorkspace {
  const workspace = emptyWorkspace();
  for (let k = 0; k < tasks; k++) {
    const id = `slow${String(k).padStart(2, '0')}`;
    workspace.writeMirrorTask(id);
    const solvers = Array.from({ length: 8 }, (_, n) =>
      [
        `def solve_${id}_${n}(I):`,
        `    x1 = upscale(I, 30)`,
        `    x2 = replace(x1, ${n}, ${k % 10})`,
        '    x3 = objects(x2, T, F, F)',
        '    x4 = merge(x3)',
        '    x5 = fill(x2, ONE, x4)',
        '    x6 = objects(hmirror(x5), F, F, T)',
        '    x7 = merge(x6)',
        '    x8 = fill(x5, TWO, x7)',
        '    return x8',
        '',
      ].join('\n'),
    );
    workspace.write(`solvers/${id}.py`, solvers.join('\n'));
  }
  return workspace;
}

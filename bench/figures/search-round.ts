/** A round of the search: new candidates are generated and judged; their parents were judged before. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { discard } from '../measure/discard.js';
import { below, type Figure } from '../measure/figure.js';
import { battbuild, type MeasuredBuild, measureBuild, timeOf, timeOfBuild } from '../measure/process.js';
import { median } from '../measure/statistics.js';
import { TARGETS } from '../targets.js';
import { type Bench, workspaceOf } from './bench.js';

/** A task has three parents, each of them twice. */
const PARENTS = 6;

interface Round {
  readonly cardMs: number;
  readonly build: MeasuredBuild;
}

/** `size.candidates` is the number of candidates that a round generates for a task. */
export const searchRound: Bench = async (options) => {
  const { repetitions, size } = options;
  const workspace = workspaceOf({ ...options, size: { ...size, candidates: PARENTS } });
  const generated = join(workspace, 'solvers/card');
  for (const part of ['cache', 'out']) discard(join(workspace, part));
  const rounds: Round[] = [];
  for (let seed = 1; seed <= repetitions; seed++) {
    // Only the parents: their record is up to date when the round begins.
    forget(generated);
    timeOfBuild(workspace);
    const perTask = ['--per-task', String(size.candidates), '--seed', String(seed)];
    const cardMs = timeOf(process.execPath, [battbuild(), 'card', ...perTask], workspace);
    rounds.push({ cardMs, build: await measureBuild(workspace) });
  }
  forget(generated);
  const middle = (read: (round: Round) => number) => median(rounds.map(read));
  const whole = middle(({ cardMs, build }) => cardMs + build.wallMs);
  const name = `a round of the search, ${size.tasks} tasks x ${size.candidates}, for each task`;
  const limit = TARGETS.searchRound.seconds;
  const figure: Figure = {
    ...below(name, whole / 1000 / size.tasks, 's', limit, repetitions),
    notes: {
      cardMs: Math.round(middle(({ cardMs }) => cardMs)),
      buildMs: Math.round(middle(({ build }) => build.wallMs)),
      buildCpuMs: Math.round(middle(({ build }) => build.cpuMs)),
      cells: middle(({ build }) => build.summary.cellsRun),
    },
  };
  return [figure];
};

/**
 * Not moved aside (see discard.ts), because it is a folder of solvers; it has only one file for each task.
 */
function forget(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** How much of a cold build --early-stop and --until-solved save, separately and together. */
import { type Figure, seen } from '../measure/figure.js';
import type { MeasuredBuild } from '../measure/process.js';
import { alternate } from '../measure/statistics.js';
import { type Bench, workspaceOf } from './bench.js';
import { coldRepetitions, measureColdBuild } from './cold-build.js';

const OPTIONS = [['--early-stop'], ['--until-solved'], ['--early-stop', '--until-solved']];

export const earlyStop: Bench = async (options) => {
  const workspace = workspaceOf(options);
  const repetitions = coldRepetitions(options);
  const last = new Map<string, MeasuredBuild>();
  const build =
    (...chosen: readonly string[]) =>
    async () => {
      const measured = await measureColdBuild(workspace, ...chosen);
      last.set(chosen.join(' '), measured);
      return measured.wallMs;
    };
  const [whole, ...shortened] = await alternate(
    repetitions,
    [build(), ...OPTIONS.map((chosen) => build(...chosen))],
    0,
  );
  const all = last.get('') as MeasuredBuild;
  return OPTIONS.flatMap((chosen, k) => {
    const option = chosen.join(' ');
    const { summary } = last.get(option) as MeasuredBuild;
    const figures: Figure[] = [
      {
        ...seen({
          figure: `cold build ${option}, cells executed`,
          measured: summary.cellsRun,
          unit: 'cells',
          baseline: { name: 'all cells', value: all.summary.cellsRun },
          repetitions,
        }),
        notes: { solved: summary.solved, solvedByAllCells: all.summary.solved },
      },
      seen({
        figure: `cold build ${option}`,
        measured: shortened[k] / 1000,
        unit: 's',
        baseline: { name: 'cold build of all cells', value: whole / 1000 },
        repetitions,
      }),
    ];
    return figures;
  });
};

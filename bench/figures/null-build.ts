/** The null build: nothing changed since the last build. */
import { atMost, type Figure } from '../measure/figure.js';
import { timeOf, timeOfBuild, timeOfNothing } from '../measure/process.js';
import { alternate } from '../measure/statistics.js';
import { TARGETS } from '../targets.js';
import { type Bench, builtWorkspaceOf } from './bench.js';
import { isInstalled, makeStepGraph, STEPS } from './step-graph.js';

export const nullBuild: Bench = async (options) => {
  const { folder, repetitions } = options;
  const workspace = builtWorkspaceOf(options);
  const graph = makeStepGraph(folder);
  const tools = (['ninja', 'make'] as const).filter(isInstalled);
  const [nothing, build, ...others] = await alternate(repetitions, [
    timeOfNothing,
    () => timeOfBuild(workspace),
    ...tools.map((tool) => () => timeOf(tool, tool === 'make' ? ['-s', 'all'] : [], graph)),
  ]);
  const figures: Figure[] = [
    atMost('null build', build, { name: 'node -e 0', value: nothing }, TARGETS.nullBuild.nodes, repetitions),
  ];
  tools.forEach((tool, k) => {
    const baseline = { name: `${tool}, null build of ${STEPS} steps`, value: others[k] };
    const figure = atMost(
      `null build against ${tool}`,
      build,
      baseline,
      TARGETS.nullBuild.ninjas,
      repetitions,
    );
    // The target refers to ninja; make is measured for comparison.
    figures.push(tool === 'ninja' ? figure : { ...figure, target: null, met: null });
  });
  return figures;
};

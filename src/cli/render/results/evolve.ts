/** One line for each round of `evolve`. */
import type { Summary } from '../../../observe/event.js';
import { cellsPerSecond, hitRate } from '../../../observe/rates.js';
import type { RoundResult } from '../../../search/population/population.js';
import { count, percent } from '../../../text/amounts.js';
import type { Style } from '../style.js';

/** `summary` is that of the round's build; null for a round of an earlier call. */
export function roundLine(round: RoundResult, summary: Summary | null, style: Style): string {
  const { solved, demoMatches, dScores, offspring, population } = round;
  const found = [
    `${count(solved)} solved`,
    `best o_scores ${count(demoMatches)}`,
    ...(dScores > 0 ? [`d_scores ${count(dScores)}`] : []),
    `${count(offspring)} new programs`,
    `${count(population)} kept`,
  ];
  return `${style.apply('bold', `round ${round.round}`)}: ${found.join(', ')}${summary === null ? '' : workText(workOf(summary))}`;
}

/** The share of a round's cells that ran, and how fast they ran. */
export interface RoundWork {
  readonly cells: number;
  readonly cellsRun: number;
  /** Share of the cells, from 0 to 1; null if there are no cells. */
  readonly hitRate: number | null;
  /** Cells a second; null if none ran. */
  readonly cellsPerSecond: number | null;
  readonly wallMs: number;
}

export function workOf({ cells, cellsRun, phases, wallMs }: Summary): RoundWork {
  const validate = phases['validate'] ?? { hits: 0, misses: 0, wallMs: 0 };
  const rate = cellsPerSecond(cellsRun, validate.wallMs);
  return { cells, cellsRun, hitRate: hitRate(validate), cellsPerSecond: rate, wallMs };
}

function workText({ cells, cellsRun, hitRate, cellsPerSecond }: RoundWork): string {
  const found = hitRate === null ? [] : [`${percent(hitRate)} of them hits`];
  const pace = cellsPerSecond === null ? [] : [`${count(Math.round(cellsPerSecond))} cells/s`];
  const executed = `${count(cellsRun)} of ${count(cells)} cells executed`;
  return `; ${[executed, ...found, ...pace].join(', ')}`;
}

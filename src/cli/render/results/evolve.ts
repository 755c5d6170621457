/** One line for a round of evolution. */
import type { Summary } from '../../../observe/event.js';
import type { RoundResult } from '../../../search/population/population.js';
import { count } from '../../../text/amounts.js';
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

/** How much of a round's cells had to run, and how fast they ran. */
export interface RoundWork {
  readonly cells: number;
  readonly cellsRun: number;
  /** 0 to 1. */
  readonly hitRate: number;
  readonly cellsPerSecond: number;
  readonly wallMs: number;
}

export function workOf({ cells, cellsRun, wallMs }: Summary): RoundWork {
  const hitRate = cells === 0 ? 1 : (cells - cellsRun) / cells;
  return { cells, cellsRun, hitRate, cellsPerSecond: Math.round(cellsRun / (wallMs / 1000)), wallMs };
}

function workText({ cells, cellsRun, hitRate, cellsPerSecond }: RoundWork): string {
  const rate = `${Math.round(100 * hitRate)} % hits`;
  return `; ${count(cellsRun)} of ${count(cells)} cells executed (${rate}), ${count(cellsPerSecond)} cells/s`;
}

/** One line for a round of evolution. */
import type { Summary } from '../../observe/event.js';
import type { RoundResult } from '../../search/population.js';
import { count } from './amounts.js';
import type { Style } from './style.js';

/** `summary` is that of the round's build; null for a round of an earlier call. */
export function roundLine(round: RoundResult, summary: Summary | null, style: Style): string {
  const { solved, demoMatches, dScores, offspring, population } = round;
  const found = [
    `${count(solved)} solved`,
    `${count(demoMatches)} demos matched`,
    ...(dScores > 0 ? [`d_scores ${count(dScores)}`] : []),
    `${count(offspring)} new programs`,
    `${count(population)} kept`,
  ];
  return `${style.apply('bold', `round ${round.round}`)}: ${found.join(', ')}${summary === null ? '' : work(summary)}`;
}

function work({ cells, cellsRun, wallMs }: Summary): string {
  const hitRate = cells === 0 ? 100 : Math.round((100 * (cells - cellsRun)) / cells);
  const speed = Math.round(cellsRun / (wallMs / 1000));
  return `; ${count(cellsRun)} of ${count(cells)} cells executed (${hitRate} % hits), ${count(speed)} cells/s`;
}

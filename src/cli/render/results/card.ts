/** The generated candidates, as text and as JSON. */

import { MUTATIONS, type MutationName } from '../../../search/mutation/mutate.js';
import type { CardReport, TaskCard } from '../../../search/population/card.js';
import { count, plural } from '../../../text/amounts.js';
import { jsonText } from '../../../text/json-text.js';
import { printable } from '../../../text/printable.js';
import { type TableCell, tableLines } from '../columns.js';
import type { Style } from '../style.js';

export interface HowGenerated {
  readonly seed: number;
  readonly round: number;
  /** The folder of the files, as shown to the user. */
  readonly into: string;
  /** Whether that folder is a folder of solvers, so that builds run the candidates. */
  readonly built: boolean;
}

/** How often each mutation was applied; mutations that were not applied are missing. */
type Mutations = Partial<Record<MutationName, number>>;

function mutationsOf(tasks: readonly TaskCard[]): Mutations {
  const found = new Map<MutationName, number>();
  for (const { offspring } of tasks) {
    for (const { lineage } of offspring) {
      for (const { mutation } of lineage.changes) found.set(mutation, (found.get(mutation) ?? 0) + 1);
    }
  }
  const order = MUTATIONS.filter((name) => found.has(name));
  return Object.fromEntries(order.map((name) => [name, found.get(name) as number]));
}

/** How many files were written. */
function filesOf(tasks: readonly TaskCard[]): number {
  return tasks.reduce((sum, { files }) => sum + files.length, 0);
}

/** A row for each task, the totals, and the folder of the files. */
export function cardLines(report: CardReport, how: HowGenerated, style: Style): string[] {
  const { tasks } = report;
  if (tasks.length === 0) return ['there is no task to make candidates for'];
  const head = ['task', 'programs', 'new', ''].map((text): TableCell => ({ text, format: 'dim' }));
  const rows = tasks.map((task): TableCell[] => [
    task.task,
    count(task.programs),
    { text: count(task.offspring.length), format: task.offspring.length < task.wanted ? 'yellow' : 'green' },
    { text: note(task), format: 'dim' },
  ]);
  const files = filesOf(tasks);
  const made = tasks.reduce((sum, { offspring }) => sum + offspring.length, 0);
  const done = Object.entries(mutationsOf(tasks)).map(([name, times]) => `${name} ${count(times)}`);
  const summary = `${plural(made, 'candidate')} for ${plural(tasks.length, 'task')} in ${plural(files, 'file')}`;
  return [
    ...tableLines([head, ...rows], ['left', 'right', 'right', 'left'], style),
    '',
    `${style.apply('bold', summary)} in ${printable(how.into)} (seed ${how.seed}, round ${how.round})`,
    ...(done.length > 0 ? [style.apply('dim', done.join(', '))] : []),
    ...(how.built
      ? []
      : [`${printable(how.into)} is in no folder of solvers: to judge them, name it with --solvers`]),
  ];
}

function note({ programs, offspring, wanted }: TaskCard): string {
  if (offspring.length === 0 && wanted > 0)
    return programs === 0 ? 'there is no solver to begin with' : 'found no other';
  const parts = [
    ...(programs === 0 && offspring.length > 0 ? ['from solvers of other tasks'] : []),
    ...(offspring.length < wanted ? ['found no more'] : []),
  ];
  return parts.join(', ');
}

/** One object for each task, and a summary as the last line. */
export function cardJson({ tasks }: CardReport, { seed, round, into }: HowGenerated): string[] {
  const lines = tasks.map((task) => {
    const { task: id, programs, wanted, offspring, files } = task;
    const mutations = mutationsOf([task]);
    return { type: 'task', task: id, programs, wanted, candidates: offspring.length, files, mutations };
  });
  const candidates = tasks.reduce((sum, { offspring }) => sum + offspring.length, 0);
  const mutations = mutationsOf(tasks);
  const files = filesOf(tasks);
  const summary = { type: 'summary', tasks: tasks.length, candidates, files, mutations, seed, round, into };
  return [...lines, summary].map(jsonText);
}

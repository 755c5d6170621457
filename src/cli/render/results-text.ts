/** Results for a person: per task its programs, best first. */
import { behaviourCount, type TaskResult, verdictOf } from '../../build/task-result.js';
import { count, plural } from './amounts.js';
import { printable } from './printable.js';
import { type CandidateRow, candidateRows, knownSamples, worstCost } from './result-rows.js';
import type { Format, Style } from './style.js';
import { foldLine } from './summary.js';
import { type TableCell, tableLines } from './table.js';

const VERDICT_FORMATS = { solved: 'green', partly: 'yellow', unsolved: 'red' } as const satisfies Record<
  string,
  Format
>;

export function* taskTexts(results: Iterable<TaskResult>, style: Style): Generator<string> {
  for (const result of results) yield `${taskLines(result, style).join('\n')}\n`;
}

/** The lines of a task: a head, and a row a program. */
function taskLines(result: TaskResult, style: Style): string[] {
  const verdict = verdictOf(result);
  const fold = foldLine(
    {
      candidates: result.candidates.length,
      programs: result.programs.length,
      behaviours: behaviourCount(result),
    },
    style,
  );
  const head = `${style.apply('bold', result.task)}  ${style.apply(VERDICT_FORMATS[verdict], verdict)}  ${fold}`;
  if (result.programs.length === 0) return [head, ''];
  const differs = result.differs.length > 0 ? ['d_score'] : [];
  const titles = ['rank', 'demo', 'test', ...differs, 'behaviour', 'cost', 'solver', ''];
  const rows = programRows(result).sort((a, b) => a.first.program.rank - b.first.program.rank);
  const cells = rows.map((row): TableCell[] => ['', ...rowCells(row, result)]);
  const table = [['', ...titles.map((text): TableCell => ({ text, format: 'dim' }))], ...cells];
  const right = 'right' as const;
  const left = 'left' as const;
  const numbers = titles.slice(0, -2).map(() => right);
  return [head, ...tableLines(table, [left, ...numbers, left, left], style), ''];
}

interface ProgramRow {
  readonly first: CandidateRow;
  /** How many other candidates are the same program. */
  readonly duplicates: number;
}

function programRows(result: TaskResult): ProgramRow[] {
  const duplicates = new Map<CandidateRow['program'], number>();
  const firsts: CandidateRow[] = [];
  for (const row of candidateRows(result)) {
    if (row.duplicateOf === null) firsts.push(row);
    else duplicates.set(row.program, (duplicates.get(row.program) ?? 0) + 1);
  }
  return firsts.map((first) => ({ first, duplicates: duplicates.get(first.program) ?? 0 }));
}

function rowCells({ first, duplicates }: ProgramRow, result: TaskResult): TableCell[] {
  const { candidate, program } = first;
  const notes = [
    `${printable(candidate.file)}:${candidate.line}`,
    ...(duplicates > 0 ? [`and ${plural(duplicates, 'duplicate')}`] : []),
    ...troubles(program.outcomes.map(({ status }) => status)),
  ];
  return [
    String(program.rank),
    score(program.demo, knownSamples(result, 'demo')),
    score(program.test, knownSamples(result, 'test')),
    ...(result.differs.length > 0 ? [count(program.dScores.reduce((sum, score) => sum + score, 0))] : []),
    String(program.behaviour),
    count(worstCost(program)),
    printable(candidate.name),
    { text: notes.join(', '), format: 'dim' },
  ];
}

/** `2/3`; green when all, yellow when some match. */
function score(matched: number, known: number): TableCell {
  const text = `${matched}/${known}`;
  if (known === 0) return { text, format: 'dim' };
  if (matched === 0) return text;
  return { text, format: matched === known ? 'green' : 'yellow' };
}

/** `2 x error`, `1 x over-budget`: the samples on which there was no grid. */
function troubles(statuses: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const status of statuses) {
    if (status !== 'ok') counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  return [...counts].map(([status, times]) => `${times} x ${status}`);
}

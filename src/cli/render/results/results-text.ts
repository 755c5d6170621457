/** Results as text: the programs of each task, best first. */
import { SolverErrors } from '../../../build/record/solver-errors.js';
import {
  behaviourCount,
  type CandidateResult,
  knownCount,
  type ProgramResult,
  type TaskResult,
  verdictOf,
} from '../../../build/record/task-result.js';
import { STATUSES, type Status } from '../../../engine/outcome.js';
import { BASE, dialectOf } from '../../../lang/program/facts.js';
import type { NearMiss } from '../../../report/task/near-miss.js';
import { DEMO, TEST } from '../../../task/task.js';
import { count, plural } from '../../../text/amounts.js';
import { printable } from '../../../text/printable.js';
import { LineageNotes, type LineageOf } from '../../queries/lineage.js';
import {
  behaviourRows,
  type CandidateRow,
  candidateRows,
  furtherKinds,
  matchedSamples,
} from '../../queries/result-rows.js';
import { type ListedResult, orderOfPrograms } from '../../queries/result-selection.js';
import { foldLine } from '../build/summary.js';
import { type TableCell, tableLines } from '../columns.js';
import type { Format, Style } from '../style.js';

const VERDICT_FORMATS = { solved: 'green', partly: 'yellow', unsolved: 'red' } as const satisfies Record<
  string,
  Format
>;

/** One text for each task: a heading, and a row for each program, best first. */
export function* taskTexts(
  results: Iterable<ListedResult>,
  lineageOf: LineageOf,
  style: Style,
): Generator<string> {
  for (const { result, shows, near, order } of results) {
    const compare = orderOfPrograms(order);
    const rows = programRows(result)
      .filter(({ first }) => shows(first.program))
      .sort((a, b) => compare(a.first.program, b.first.program));
    const notes = new LineageNotes(result, lineageOf);
    const titles = ['rank', ...scoreTitles(result), 'behaviour', 'cost', ...sizeTitles(result), 'solver', ''];
    const cells = rows.map((row) => rowCells(row, notes, result));
    yield taskText({ result, near }, titles, cells, style);
  }
}

/**
 * One text for each task: a heading, and a row for each candidate by behaviour class. Values that a class shares are
 * in its first row.
 */
export function* behaviourTexts(
  results: Iterable<ListedResult>,
  lineageOf: LineageOf,
  style: Style,
): Generator<string> {
  for (const { result, shows, near } of results) {
    const notes = new LineageNotes(result, lineageOf);
    const titles = ['behaviour', ...scoreTitles(result), 'rank', 'cost', 'solver', ''];
    const cells = behaviourRows(result).flatMap(({ behaviour, members }) =>
      members
        .filter(({ program }) => shows(program))
        .map((row, k): TableCell[] => {
          const common = [String(behaviour), ...scoreCells(row.program, result)];
          return [
            ...(k === 0 ? common : common.map(() => '')),
            String(row.program.rank),
            count(row.program.cost),
            printable(row.candidate.name),
            solverCell(row.candidate, notes, [
              ...dialectNotes(row.program),
              ...(row.duplicateOf === null ? [] : ['a duplicate']),
            ]),
          ];
        }),
    );
    yield taskText({ result, near }, titles, cells, style);
  }
}

/** Titles and cells have one item for each column. The last two columns are text, the others are numbers. */
function taskText(
  { result, near }: Pick<ListedResult, 'result' | 'near'>,
  titles: readonly string[],
  rows: readonly (readonly TableCell[])[],
  style: Style,
): string {
  const verdict = verdictOf(result);
  const fold = foldLine(
    {
      candidates: result.candidates.length,
      programs: result.programs.length,
      behaviours: behaviourCount(result),
    },
    style,
  );
  const head = `${style.apply('bold', printable(result.task))}  ${style.apply(VERDICT_FORMATS[verdict], verdict)}  ${fold}${near === null ? '' : nearText(near)}`;
  if (rows.length === 0) return `${head}\n\n`;
  const table = [titles.map((text): TableCell => ({ text, format: 'dim' })), ...rows];
  const numbers = titles.slice(0, -2).map(() => 'right' as const);
  // The first column is a margin.
  const indented = table.map((row): TableCell[] => ['', ...row]);
  const lines = tableLines(indented, ['left', ...numbers, 'left', 'left'], style);
  return `${[head, ...lines, ''].join('\n')}\n`;
}

/** `; nearest: solve_a, 2 of 4 samples, 3 of 48 cells wrong on the others` */
function nearText({ solver, matched, known, wrongCells, cells }: NearMiss): string {
  const wrong =
    wrongCells === null || cells === null
      ? ''
      : `, ${count(wrongCells)} of ${plural(cells, 'cell')} wrong on the others`;
  return `; nearest: ${printable(solver.name)}, ${matched} of ${plural(known, 'sample')}${wrong}`;
}

interface ProgramRow {
  readonly first: CandidateRow;
  /** How many other candidates have the same program. */
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

function rowCells({ first, duplicates }: ProgramRow, notes: LineageNotes, result: TaskResult): TableCell[] {
  const { candidate, program } = first;
  return [
    String(program.rank),
    ...scoreCells(program, result),
    String(program.behaviour),
    count(program.cost),
    ...sizeCells(program, result),
    printable(candidate.name),
    solverCell(candidate, notes, [
      ...dialectNotes(program),
      ...(duplicates > 0 ? [`and ${plural(duplicates, 'duplicate')}`] : []),
      ...troubles(candidate, program),
    ]),
  ];
}

/** The dialect of a program, if it is not the base language. */
function dialectNotes({ facts }: ProgramResult): string[] {
  const dialect = dialectOf(facts);
  return dialect === BASE ? [] : [`in ${dialect}`];
}

/** A column for the size of the source, if a task has programs that are published as written. */
function sizeTitles({ programs }: TaskResult): string[] {
  return programs.some(({ facts }) => facts.source !== undefined) ? ['bytes'] : [];
}

function sizeCells({ facts }: ProgramResult, result: TaskResult): string[] {
  return sizeTitles(result).map(() => (facts.source === undefined ? '' : count(facts.source.bytes)));
}

function scoreTitles(result: TaskResult): string[] {
  const kinds = furtherKinds(result).map(printable);
  return ['demo', 'test', ...kinds, ...(result.differs.length > 0 ? ['d_score'] : [])];
}

function scoreCells(program: ProgramResult, result: TaskResult): TableCell[] {
  const { demo, test, dScores } = program;
  return [
    score(demo, knownCount(result, DEMO)),
    score(test, knownCount(result, TEST)),
    ...furtherKinds(result).map((kind) =>
      score(matchedSamples(program, result, kind), knownCount(result, kind)),
    ),
    ...(result.differs.length > 0 ? [count(dScores.reduce((sum, one) => sum + one, 0))] : []),
  ];
}

/** `solvers/a.py:3, constant of solve_b, round 1, 2 x error` */
function solverCell(solver: CandidateResult, notes: LineageNotes, more: readonly string[]): TableCell {
  const lineage = notes.of(solver);
  const parts = [`${printable(solver.file)}:${solver.line}`, ...(lineage === null ? [] : [lineage]), ...more];
  return { text: parts.join(', '), format: 'dim' };
}

/** `2/3`; green if all match, yellow if some match. */
function score(matched: number, known: number): TableCell {
  const text = `${matched}/${known}`;
  if (known === 0) return { text, format: 'dim' };
  if (matched === 0) return text;
  return { text, format: matched === known ? 'green' : 'yellow' };
}

/** `error on 2 samples: index: ... (line 14)`: how many samples have no grid, and the first error. */
function troubles(candidate: CandidateResult, program: ProgramResult): string[] {
  if (program.statuses[STATUSES.indexOf('ok')] === program.outcomes.length) return [];
  const errors = new SolverErrors(candidate, program);
  const byStatus = new Map<Status, { readonly what: string; times: number }>();
  for (const outcome of program.outcomes) {
    const { status } = outcome;
    if (status === 'ok') continue;
    const known = byStatus.get(status);
    if (known !== undefined) known.times++;
    else {
      const { message, line } = errors.of(outcome);
      const at = line === null ? '' : ` (line ${line})`;
      const hasMessage = status !== 'skipped' && message !== null && message !== '';
      byStatus.set(status, { what: (hasMessage ? `: ${printable(message)}` : '') + at, times: 1 });
    }
  }
  return [...byStatus].map(([status, { what, times }]) => `${status} on ${plural(times, 'sample')}${what}`);
}

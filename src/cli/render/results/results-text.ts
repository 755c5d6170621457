/** Results for a person: per task its programs, best first. */
import {
  behaviourCount,
  type CandidateResult,
  type ProgramResult,
  type TaskResult,
  verdictOf,
} from '../../../build/record/task-result.js';
import { BASE, dialectOf } from '../../../lang/program/facts.js';
import { count, plural } from '../../../text/amounts.js';
import { printable } from '../../../text/printable.js';
import { foldLine } from '../build/summary.js';
import { type TableCell, tableLines } from '../columns.js';
import type { Format, Style } from '../style.js';
import { LineageNotes, type LineageOf } from './lineage.js';
import { behaviourRows, type CandidateRow, candidateRows, knownSamples, worstCost } from './result-rows.js';

const VERDICT_FORMATS = { solved: 'green', partly: 'yellow', unsolved: 'red' } as const satisfies Record<
  string,
  Format
>;

/** A text per task: a head, and a row a program, best first. */
export function* taskTexts(
  results: Iterable<TaskResult>,
  lineageOf: LineageOf,
  style: Style,
): Generator<string> {
  for (const result of results) {
    const rows = programRows(result).sort((a, b) => a.first.program.rank - b.first.program.rank);
    const notes = new LineageNotes(result, lineageOf);
    const titles = ['rank', ...scoreTitles(result), 'behaviour', 'cost', 'solver', ''];
    const cells = rows.map((row) => rowCells(row, notes, result));
    yield taskText(result, titles, cells, style);
  }
}

/** A text per task: a head, and a row a candidate by behaviour class; what a class has in common stands in its first. */
export function* behaviourTexts(
  results: Iterable<TaskResult>,
  lineageOf: LineageOf,
  style: Style,
): Generator<string> {
  for (const result of results) {
    const notes = new LineageNotes(result, lineageOf);
    const titles = ['behaviour', ...scoreTitles(result), 'rank', 'cost', 'solver', ''];
    const cells = behaviourRows(result).flatMap(({ behaviour, members }) =>
      members.map((row, k): TableCell[] => {
        const common = [String(behaviour), ...scoreCells(row.program, result)];
        return [
          ...(k === 0 ? common : common.map(() => '')),
          String(row.program.rank),
          count(worstCost(row.program)),
          printable(row.candidate.name),
          placeCell(row.candidate, notes, [
            ...dialectNotes(row.program),
            ...(row.duplicateOf === null ? [] : ['a duplicate']),
          ]),
        ];
      }),
    );
    yield taskText(result, titles, cells, style);
  }
}

/** Titles and cells have one item a column; the last two columns are text, the others are numbers. */
function taskText(
  result: TaskResult,
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
  const head = `${style.apply('bold', result.task)}  ${style.apply(VERDICT_FORMATS[verdict], verdict)}  ${fold}`;
  if (rows.length === 0) return `${head}\n\n`;
  const table = [titles.map((text): TableCell => ({ text, format: 'dim' })), ...rows];
  const numbers = titles.slice(0, -2).map(() => 'right' as const);
  // The first column is a margin.
  const indented = table.map((row): TableCell[] => ['', ...row]);
  const lines = tableLines(indented, ['left', ...numbers, 'left', 'left'], style);
  return `${[head, ...lines, ''].join('\n')}\n`;
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

function rowCells({ first, duplicates }: ProgramRow, notes: LineageNotes, result: TaskResult): TableCell[] {
  const { candidate, program } = first;
  return [
    String(program.rank),
    ...scoreCells(program, result),
    String(program.behaviour),
    count(worstCost(program)),
    printable(candidate.name),
    placeCell(candidate, notes, [
      ...dialectNotes(program),
      ...(duplicates > 0 ? [`and ${plural(duplicates, 'duplicate')}`] : []),
      ...troubles(program.outcomes.map(({ status }) => status)),
    ]),
  ];
}

/** Which dialect a program is written in, where that is not the base. */
function dialectNotes({ facts }: ProgramResult): string[] {
  const dialect = dialectOf(facts);
  return dialect === BASE ? [] : [`in ${dialect}`];
}

function scoreTitles({ differs }: TaskResult): string[] {
  return ['demo', 'test', ...(differs.length > 0 ? ['d_score'] : [])];
}

function scoreCells({ demo, test, dScores }: ProgramResult, result: TaskResult): TableCell[] {
  return [
    score(demo, knownSamples(result, 'demo')),
    score(test, knownSamples(result, 'test')),
    ...(result.differs.length > 0 ? [count(dScores.reduce((sum, one) => sum + one, 0))] : []),
  ];
}

/** `solvers/a.py:3, constant of solve_b, round 1, 2 x error` */
function placeCell(solver: CandidateResult, notes: LineageNotes, more: readonly string[]): TableCell {
  const lineage = notes.of(solver);
  const parts = [`${printable(solver.file)}:${solver.line}`, ...(lineage === null ? [] : [lineage]), ...more];
  return { text: parts.join(', '), format: 'dim' };
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

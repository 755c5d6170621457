/** Results as JSON. Keys and their order are contracts (pipeline.md, "Machine-readable contracts"). */

import type { LastBuild } from '../../../build/last-build.js';
import { SolverErrors } from '../../../build/record/solver-errors.js';
import {
  knownCount,
  oScoreOf,
  type ProgramResult,
  type TaskResult,
} from '../../../build/record/task-result.js';
import { isValid, type Outcome } from '../../../engine/outcome.js';
import { type OutputDigest, rowsOfOutput } from '../../../engine/output.js';
import { BASE, dialectOf } from '../../../lang/program/facts.js';

import type { NearMiss } from '../../../report/task/near-miss.js';
import { DEMO, TEST } from '../../../task/task.js';
import { jsonText } from '../../../text/json-text.js';
import { type LineageOf, lineageObject } from '../../queries/lineage.js';
import {
  behaviourRows,
  type CandidateRow,
  candidateRows,
  furtherKinds,
  matchedSamples,
} from '../../queries/result-rows.js';
import type { ListedResult } from '../../queries/result-selection.js';

/** The source of outputs; null if they are not requested. */
export type OutputSource = Pick<LastBuild, 'withOutputs'> | null;

/** The listed rows, each with the outputs of its program; null if these are not requested. */
function* listedRows(
  { result, shows }: ListedResult,
  source: OutputSource,
): Generator<readonly [CandidateRow, ReadonlyMap<OutputDigest, Uint8Array> | null]> {
  const rows = candidateRows(result).filter(({ program }) => shows(program));
  if (source === null) for (const row of rows) yield [row, null];
  else yield* source.withOutputs(result.task, rows, ({ program }) => outputsIn(program.outcomes));
}

function* outputsIn(outcomes: Iterable<Outcome>): Generator<OutputDigest | ''> {
  for (const { output } of outcomes) yield output;
}

/**
 * One line for each solver source and sample. `sample` is the index of the sample in the task, demo samples first.
 * Three keys come last and only if they apply: `errorLine`, the line of the solver file with the error; `lineage`;
 * and `dialect`, for a program that is not in the base language.
 */
export function* resultLines(
  results: Iterable<ListedResult>,
  lineageOf: LineageOf,
  source: OutputSource,
): Generator<string> {
  for (const listed of results) {
    const { result, near } = listed;
    for (const [{ candidate, program, duplicateOf }, outputs] of listedRows(listed, source)) {
      const { name: solver, file, line } = candidate;
      const errors = new SolverErrors(candidate, program);
      const lineage = lineageObject(lineageOf(candidate));
      let sample = -1;
      for (const cell of program.outcomes) {
        sample++;
        const { status, cost, output, node } = cell;
        const { message: error, line: errorLine } = errors.of(cell);
        const kind = kindOf(result, sample);
        const valid = isValid(cell, result.largestSide);
        const match = program.matches.at(sample);
        const head = { task: result.task, solver, file, line, body: program.body, duplicateOf, sample, kind };
        const bytes = output === '' ? undefined : outputs?.get(output);
        const rows = bytes === undefined ? null : rowsOfOutput(bytes);
        const outcome = {
          ...{ status, error, match, valid, cost },
          ...(rows === null ? {} : { output: rows }),
          ...(node >= 0 ? { errorLine } : {}),
          ...(lineage === null ? {} : { lineage }),
          ...dialectKey(program),
          ...(near === null ? {} : { near: nearObject(near) }),
        };
        yield `${jsonText({ ...head, ...outcome })}\n`;
      }
    }
  }
}

/**
 * One object for each candidate, as a list. With a `source`, it has the candidate's outputs by sample (null if there
 * is none).
 */
export function candidateObjects(
  results: Iterable<ListedResult>,
  lineageOf: LineageOf,
  source: OutputSource,
): Generator<string> {
  return listOf(candidateTexts(results, lineageOf, source));
}

function* candidateTexts(
  results: Iterable<ListedResult>,
  lineageOf: LineageOf,
  source: OutputSource,
): Generator<string> {
  for (const listed of results) {
    const { result, near } = listed;
    const differs = differKeys(result);
    for (const [{ candidate, program, duplicateOf }, outputs] of listedRows(listed, source)) {
      const { name: solver, file, line } = candidate;
      const { body, rank, behaviour } = program;
      const object = {
        ...{ task: result.task, solver, file, line, body, duplicateOf, rank },
        ...scoreObject(program, result),
        d_scores: Object.fromEntries(differs.map((differ, k) => [differ, program.dScores[k]])),
        behaviour,
        cost: program.cost,
        ...(outputs === null
          ? {}
          : { outputs: Array.from(program.outcomes, ({ output }) => rowsOf(outputs, output)) }),
        lineage: lineageObject(lineageOf(candidate)),
        ...dialectKey(program),
        ...(near === null ? {} : { near: nearObject(near) }),
      };
      yield jsonText(object);
    }
  }
}

/**
 * One object for each behaviour class, as JSON lines or as a list: its scores and its members, best program first.
 */
export function behaviourObjects(
  results: Iterable<ListedResult>,
  lineageOf: LineageOf,
  format: 'json' | 'jsonl',
): Iterable<string> {
  const texts = behaviourTexts(results, lineageOf);
  return format === 'json' ? listOf(texts) : linesOf(texts);
}

function* behaviourTexts(results: Iterable<ListedResult>, lineageOf: LineageOf): Generator<string> {
  for (const { result, shows } of results) {
    const differs = differKeys(result);
    for (const { behaviour, members: all } of behaviourRows(result)) {
      const members = all.filter(({ program }) => shows(program));
      if (members.length === 0) continue;
      const { rank, dScores } = members[0].program;
      yield jsonText({
        ...{ task: result.task, behaviour, rank },
        ...scoreObject(members[0].program, result),
        d_scores: Object.fromEntries(differs.map((differ, k) => [differ, dScores[k]])),
        members: members.map(({ candidate, program, duplicateOf }) => {
          const { name: solver, file, line } = candidate;
          const { body, rank, cost } = program;
          const lineage = lineageObject(lineageOf(candidate));
          return { solver, file, line, body, duplicateOf, rank, cost, lineage, ...dialectKey(program) };
        }),
      });
    }
  }
}

function kindOf({ runs }: TaskResult, sample: number): string | undefined {
  return runs.find(({ from, count }) => sample < from + count)?.kind;
}

function dialectKey({ facts }: Pick<ProgramResult, 'facts'>): { dialect?: string; bytes?: number } {
  const dialect = dialectOf(facts);
  const { source } = facts;
  return {
    ...(dialect === BASE ? {} : { dialect }),
    ...(source === undefined ? {} : { bytes: source.bytes }),
  };
}

/** `further` is only there if the task has samples of other kinds. */
function scoreObject(program: ProgramResult, result: TaskResult): object {
  const kinds = furtherKinds(result);
  const of = (kind: string) => {
    return { matched: matchedSamples(program, result, kind), known: knownCount(result, kind) };
  };
  return {
    o_score: oScoreOf(program),
    demo: of(DEMO),
    test: of(TEST),
    ...(kinds.length === 0 ? {} : { further: Object.fromEntries(kinds.map((kind) => [kind, of(kind)])) }),
  };
}

/** How near the task is to being solved: its nearest program. */
function nearObject({ solver, matched, known, wrongCells, cells }: NearMiss): object {
  return { solver: solver.name, matched, known, wrongCells, cells };
}

function* linesOf(texts: Iterable<string>): Generator<string> {
  for (const text of texts) yield `${text}\n`;
}

/** A JSON list of objects, one a line. */
function* listOf(texts: Iterable<string>): Generator<string> {
  let separator = '[\n';
  for (const text of texts) {
    yield separator + text;
    separator = ',\n';
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n';
}

/** A name for every differ: its function's name, with the file if two functions have the same name. */
function differKeys({ differs }: TaskResult): string[] {
  const names = differs.map(({ name }) => name);
  return differs.map(({ name, file }) => {
    return names.indexOf(name) === names.lastIndexOf(name) ? name : `${file}:${name}`;
  });
}

function rowsOf(
  outputs: ReadonlyMap<OutputDigest, Uint8Array>,
  output: OutputDigest | '',
): number[][] | null {
  const bytes = output === '' ? undefined : outputs.get(output);
  return bytes === undefined ? null : rowsOfOutput(bytes);
}

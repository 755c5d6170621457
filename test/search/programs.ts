/** Programs for the tests of the search: from text, from our examples, and the values of their nodes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { resetMeter } from '../../src/dsl/meter.js';
import type { Value } from '../../src/dsl/value/value.js';
import { type Environment, evaluateNode, type NodeResult } from '../../src/engine/node.js';
import { inlineSource } from '../../src/lang/inline.js';
import { type LoadedFunction, loadSource } from '../../src/lang/load.js';
import { decodeProgram, type Program } from '../../src/lang/program/program.js';
import { type Ancestor, ancestorOf } from '../../src/search/mutation/mutation-context.js';
import { parseTaskFile } from '../../src/task/parse.js';
import type { Task } from '../../src/task/task.js';

const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));
const SHARED = process.env['BATTBUILD_SHARED'] ?? fileURLToPath(new URL('../../../shared', import.meta.url));

/** The public training tasks, which are not part of the project. */
export const TRAINING = join(SHARED, 'arc', 'training');

/** Our own solvers of public tasks. */
export const ARC_SOLVERS = join(EXAMPLES, 'arc', 'solvers');

export const BUDGET = { cost: 2_000_000, cells: 2_000_000 };

/** The functions of a text without errors. */
export function functionsOf(text: string): readonly LoadedFunction[] {
  const { functions, diagnostics } = loadSource(Buffer.from(text), 'test');
  if (diagnostics.some(({ severity }) => severity !== 'note')) throw new Error(JSON.stringify(diagnostics));
  return functions;
}

/** The program with these lines and the parameters S, I, C. */
export function ancestor(...lines: readonly string[]): Ancestor {
  const [{ program, body }] = functionsOf(
    ['def solve(S, I, C):', ...lines.map((line) => `    ${line}`), ''].join('\n'),
  );
  return ancestorOf(decodeProgram(program), body);
}

/** The program that returns an expression over S, I and C. */
export function returning(expression: string): Ancestor {
  return ancestor(`return ${expression}`);
}

/** The text of a program as an expression, if it is one. */
export function textOf(program: Program): string {
  const [, ...lines] = inlineSource(program, 'solve').trimEnd().split('\n');
  return lines.map((line) => line.trim().replace(/^return /, '')).join('; ');
}

/** All functions in the solver files below a folder, in the order of their names. */
export function solversIn(folder: string): readonly LoadedFunction[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.py'))
    .sort()
    .flatMap((name) => functionsOf(readFileSync(join(folder, name), 'utf8')));
}

/** All functions of the demo workspace and of our solvers of public tasks. */
export function exampleSolvers(): readonly LoadedFunction[] {
  return [...solversIn(join(EXAMPLES, 'solvers')), ...solversIn(ARC_SOLVERS)];
}

/** The tasks of the demo workspace. */
export function exampleTasks(): readonly Task[] {
  const folder = join(EXAMPLES, 'tasks');
  return readdirSync(folder)
    .sort()
    .map((name) => readTask(folder, name));
}

export function readTask(folder: string, name: string): Task {
  const { tasks } = parseTaskFile({ name, bytes: readFileSync(join(folder, name)) }, null);
  return tasks[0];
}

/** The values of a program's nodes, in order, up to the first that fails. */
export function valuesOf(program: Program, environment: Environment): Value[] {
  const values: Value[] = [];
  const result: NodeResult = { value: null, error: null, cost: 0, cells: 0 };
  for (let node = 0; node < program.length; node++) {
    const operands = Array.from(
      program.operands.subarray(program.starts[node], program.starts[node + 1]),
      (operand) => values[operand],
    );
    evaluateNode(program.ops[node], program.data[node], operands, environment, BUDGET, result);
    if (result.error !== null) break;
    values.push(result.value);
  }
  // Reading values is free.
  resetMeter(Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
  return values;
}

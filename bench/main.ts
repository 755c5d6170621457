/** Measures the figures of docs/performance.md and prints each as one JSON line. */
import { parseArgs } from 'node:util';
import { type Bench, type BenchOptions, DEFAULTS, say } from './figures/bench.js';
import { coldBuild } from './figures/cold-build.js';
import { nullBuild } from './figures/null-build.js';
import { outputEdit, solverEdit } from './figures/one-edit.js';
import { watchEdit } from './figures/watch-edit.js';
import { printFigure } from './measure/figure.js';

const BENCHES: Readonly<Record<string, Bench>> = {
  cold: coldBuild,
  null: nullBuild,
  edit: solverEdit,
  output: outputEdit,
  watch: watchEdit,
};

const USAGE = `usage: npm run bench -- [FIGURE...] [--tasks N] [--candidates N] [--repetitions N] [--folder DIR]
figures: ${Object.keys(BENCHES).join(', ')}; all of them by default`;

function optionsOf(args: readonly string[]): { names: readonly string[]; options: BenchOptions } {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      tasks: { type: 'string', default: String(DEFAULTS.size.tasks) },
      candidates: { type: 'string', default: String(DEFAULTS.size.candidates) },
      repetitions: { type: 'string', default: String(DEFAULTS.repetitions) },
      folder: { type: 'string', default: DEFAULTS.folder },
    },
  });
  const unknown = positionals.filter((name) => !(name in BENCHES));
  if (unknown.length > 0) throw new RangeError(`there is no figure ${unknown.join(', ')}`);
  const size = { ...DEFAULTS.size, tasks: count(values.tasks), candidates: count(values.candidates) };
  const options = { ...DEFAULTS, size, repetitions: count(values.repetitions), folder: values.folder };
  return { names: positionals.length > 0 ? positionals : Object.keys(BENCHES), options };
}

function count(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new RangeError(`${text} is no number of things to measure`);
  return Number(text);
}

try {
  const { names, options } = optionsOf(process.argv.slice(2));
  for (const name of names) {
    say(`measuring: ${name}`);
    for (const figure of await BENCHES[name](options)) printFigure(figure);
  }
} catch (error) {
  if (!(error instanceof RangeError || (error instanceof TypeError && 'code' in error))) throw error;
  say(`${error.message}\n${USAGE}`);
  process.exitCode = 2;
}

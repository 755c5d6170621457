/** The command line of the benchmark: which figures, and at which size. */
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench, BenchOptions } from './figures/bench.js';
import { calibration } from './figures/calibration.js';
import { cell } from './figures/cell.js';
import { coldBuild } from './figures/cold-build.js';
import { cores } from './figures/cores.js';
import { dialect } from './figures/dialect.js';
import { earlyStop } from './figures/early-stop.js';
import { evaluation } from './figures/evaluation.js';
import { hashing } from './figures/hashing.js';
import { manySamples } from './figures/many-samples.js';
import { memory } from './figures/memory.js';
import { nullBuild } from './figures/null-build.js';
import { outputEdit, solverEdit } from './figures/one-edit.js';
import { processes } from './figures/processes.js';
import { python } from './figures/python.js';
import { roughBuild } from './figures/rough.js';
import { scale } from './figures/scale.js';
import { searchRound } from './figures/search-round.js';
import { sharedCache } from './figures/shared-cache.js';
import { twoWorkers } from './figures/two-workers.js';
import { watchEdit } from './figures/watch-edit.js';
import { ROUGH, STANDARD, type WorkspaceSize } from './workspace/generate.js';

interface Row {
  readonly bench: Bench;
  /** The default size of measurements. */
  readonly size: WorkspaceSize;
  /** Measured only if named, or with --all, because it takes minutes. */
  readonly long?: true;
}

const LARGE: WorkspaceSize = { ...STANDARD, tasks: 1000, candidates: 300 };

export const ROWS: Readonly<Record<string, Row>> = {
  null: { bench: nullBuild, size: STANDARD },
  edit: { bench: solverEdit, size: STANDARD },
  output: { bench: outputEdit, size: STANDARD },
  watch: { bench: watchEdit, size: STANDARD },
  cold: { bench: coldBuild, size: STANDARD },
  rough: { bench: roughBuild, size: ROUGH },
  search: { bench: searchRound, size: { ...ROUGH, tasks: 20, candidates: 32 } },
  memory: { bench: memory, size: STANDARD },
  samples: { bench: manySamples, size: STANDARD },
  evaluation: { bench: evaluation, size: STANDARD },
  workers: { bench: twoWorkers, size: STANDARD },
  cores: { bench: cores, size: STANDARD },
  cell: { bench: cell, size: STANDARD },
  calibration: { bench: calibration, size: STANDARD },
  hashing: { bench: hashing, size: STANDARD },
  dialect: { bench: dialect, size: STANDARD },
  processes: { bench: processes, size: STANDARD },
  python: { bench: python, size: STANDARD },
  shared: { bench: sharedCache, size: STANDARD },
  'early-stop': { bench: earlyStop, size: STANDARD },
  scale: { bench: scale, size: LARGE, long: true },
};

export const USAGE = `usage: npm run bench -- [FIGURE...] [--all] [--workspace standard|rough] [--tasks N] [--candidates N] [--repetitions N] [--folder DIR] [--reference DIR]
figures: ${Object.keys(ROWS).join(', ')}; without names all but scale, with --all every one`;

const REPETITIONS = 9;

/** What the command line asks for. */
export interface Asked {
  readonly name: string;
  readonly bench: Bench;
  readonly options: BenchOptions;
}

/** Throws a RangeError, or parseArgs' TypeError, for invalid arguments. */
export function askedBy(args: readonly string[]): Asked[] {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      all: { type: 'boolean', default: false },
      workspace: { type: 'string', default: 'standard' },
      tasks: { type: 'string' },
      candidates: { type: 'string' },
      repetitions: { type: 'string', default: String(REPETITIONS) },
      folder: { type: 'string', default: join(tmpdir(), 'battbuild-bench') },
      reference: { type: 'string' },
    },
  });
  const unknown = positionals.filter((name) => !Object.hasOwn(ROWS, name));
  if (unknown.length > 0) throw new RangeError(`there is no figure ${unknown.join(', ')}`);
  if (values.workspace !== 'standard' && values.workspace !== 'rough')
    throw new RangeError(`there is no workspace ${values.workspace}`);
  const rough = values.workspace === 'rough';
  const everything = Object.keys(ROWS).filter((name) => values.all || !ROWS[name].long);
  const names = positionals.length > 0 && !values.all ? positionals : everything;
  return names.map((name) => {
    const { bench } = ROWS[name];
    const size = rough && ROWS[name].size.kind !== 'rough' ? ROUGH : ROWS[name].size;
    const options: BenchOptions = {
      folder: resolve(values.folder),
      repetitions: count(values.repetitions),
      size: {
        ...size,
        tasks: values.tasks === undefined ? size.tasks : count(values.tasks),
        candidates: values.candidates === undefined ? size.candidates : count(values.candidates),
      },
      reference: values.reference === undefined ? null : resolve(values.reference),
    };
    return { name, bench, options };
  });
}

function count(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new RangeError(`${text} is no number of things to measure`);
  return Number(text);
}

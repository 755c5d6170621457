/**
 * Measures the memory of processes that build again and again: an `evolve` of many rounds, and a `watch` of as many
 * edits: `node dist-bench/bench/search/rounds.js [--rounds N] [--tasks N] [--per-task N] [--only evolve|watch]`. Prints
 * one JSON line for each: the live heap of the main thread at the end, against the same at a tenth of the rounds, and
 * both and the process's size on the way. Exit code 1 if it grew beyond the bound.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import type { MemoryNow } from '../measure/memory-reporter.js';
import { battbuild } from '../measure/process.js';
import { NO_TASKS, trainingTasks } from '../paths.js';
import { printLine } from '../reliability/print.js';
import { generateWorkspace, STANDARD } from '../workspace/generate.js';

const REPORTER = new URL('../measure/memory-reporter.js', import.meta.url).href;

/**
 * Megabytes by which the live heap may grow after a tenth of the rounds, and the factor by which the process may after
 * half of them: memory that was given back is not all used again, and V8 lets garbage lie.
 */
const BOUND = { heap: 2, process: 1.1 };

/** A process that prints one line of JSON for each event, and tells its memory. */
class Measured {
  private readonly child: ChildProcess;
  private readonly closed: Promise<unknown>;
  private types: string[] = [];
  private arrived: () => void = () => {};

  constructor(workspace: string, args: readonly string[]) {
    this.child = spawn(
      process.execPath,
      ['--expose-gc', '--import', REPORTER, battbuild(), ...args, '--json'],
      { cwd: workspace, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] },
    );
    createInterface({ input: this.child.stdout as Readable }).on('line', (line) => {
      this.types.push((JSON.parse(line) as { type: string }).type);
      this.arrived();
    });
    this.closed = new Promise((resolve) => this.child.on('close', resolve));
  }

  /** Resolves at the next line of this type; earlier lines are skipped. */
  async until(type: string): Promise<void> {
    for (;;) {
      const at = this.types.indexOf(type);
      if (at >= 0) {
        this.types = this.types.slice(at + 1);
        return;
      }
      await new Promise<void>((resolve) => {
        this.arrived = resolve;
      });
    }
  }

  memory(): Promise<MemoryNow> {
    return new Promise((resolve) => {
      this.child.once('message', (message) => resolve(message as MemoryNow));
      this.child.send('memory');
    });
  }

  async end(): Promise<void> {
    this.child.kill('SIGINT');
    await this.closed;
  }
}

/** The rounds at which memory is looked at. */
function marksOf(rounds: number): Set<number> {
  return new Set([0.01, 0.1, 0.25, 0.5, 0.75, 1].map((part) => Math.max(1, Math.round(part * rounds))));
}

type Course = Map<number, MemoryNow>;

/** Memory after some of the rounds, each of which ends when `round` resolves. */
async function follow(measured: Measured, rounds: number, round: (k: number) => Promise<void>) {
  const course: Course = new Map();
  const marks = marksOf(rounds);
  for (let k = 1; k <= rounds; k++) {
    await round(k);
    if (marks.has(k)) course.set(k, await measured.memory());
  }
  await measured.end();
  return course;
}

function evolve(workspace: string, rounds: number, perTask: number): Promise<Course> {
  // More rounds than are looked at: the process is there after the last of them.
  const args = ['--rounds', String(2 * rounds), '--per-task', String(perTask), '--keep', '16'];
  const measured = new Measured(workspace, ['evolve', ...args]);
  return follow(measured, rounds, () => measured.until('round'));
}

async function watch(workspace: string, edits: number): Promise<Course> {
  const [name] = readdirSync(join(workspace, 'solvers')).sort();
  const file = join(workspace, 'solvers', name);
  const original = readFileSync(file, 'utf8');
  const measured = new Measured(workspace, ['watch']);
  await measured.until('waiting');
  return follow(measured, edits, (edit) => {
    // A constant beyond all colours: each edit gives a new program.
    writeFileSync(file, original.replace(/ {4}return .*\n/, `    return replace(I, ${edit + 10}, 1)\n`));
    return measured.until('waiting');
  });
}

function report(figure: string, course: Course, rounds: number, startedAt: number): void {
  const at = (part: number) => course.get(Math.max(1, Math.round(part * rounds))) as MemoryNow;
  const met = at(1).heap - at(0.1).heap <= BOUND.heap && at(1).rss <= BOUND.process * at(0.5).rss;
  if (!met) process.exitCode = 1;
  printLine(
    {
      figure,
      measured: at(1).heap,
      unit: 'MB of live heap at the end',
      baseline: { name: `at round ${Math.max(1, Math.round(rounds / 10))}`, value: at(0.1).heap },
      target: `at most ${BOUND.heap} MB more; and the process at most ${BOUND.process} x as large as after half of the rounds`,
      met,
      rounds,
      course: Object.fromEntries(course),
    },
    startedAt,
  );
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '1000' },
    tasks: { type: 'string', default: '4' },
    'per-task': { type: 'string', default: '4' },
    only: { type: 'string' },
  },
});
const tasks = trainingTasks();
if (tasks === null) {
  console.error(NO_TASKS);
  process.exitCode = 2;
} else {
  const rounds = Number(values.rounds);
  for (const [name, run] of [
    ['evolve', (folder: string) => evolve(folder, rounds, Number(values['per-task']))],
    ['watch', (folder: string) => watch(folder, rounds)],
  ] as const) {
    if (values.only !== undefined && values.only !== name) continue;
    const folder = mkdtempSync(join(tmpdir(), 'battbuild-rounds-'));
    try {
      generateWorkspace(folder, tasks, { ...STANDARD, tasks: Number(values.tasks), candidates: 8 });
      const startedAt = performance.now();
      const course = await run(folder);
      report(`memory of ${name}`, course, rounds, startedAt);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

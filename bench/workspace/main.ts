/** Makes a workspace: `node dist-bench/bench/workspace/main.js FOLDER [--tasks N] [--candidates N] [--seed S] [--file-per-solver]`. */
import { parseArgs } from 'node:util';
import { NO_TASKS, trainingTasks } from '../paths.js';
import { generateWorkspace, STANDARD } from './generate.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tasks: { type: 'string', default: String(STANDARD.tasks) },
    candidates: { type: 'string', default: String(STANDARD.candidates) },
    seed: { type: 'string', default: STANDARD.seed },
    'file-per-solver': { type: 'boolean', default: false },
  },
});
const tasks = trainingTasks();
if (positionals.length !== 1) {
  console.error('usage: main.js FOLDER [--tasks N] [--candidates N] [--seed S] [--file-per-solver]');
  process.exitCode = 2;
} else if (tasks === null) {
  console.error(NO_TASKS);
  process.exitCode = 2;
} else {
  generateWorkspace(positionals[0], tasks, {
    tasks: Number(values.tasks),
    candidates: Number(values.candidates),
    filePerSolver: values['file-per-solver'],
    seed: values.seed,
  });
}

/** Makes a workspace: `node dist-bench/bench/workspace/main.js FOLDER [--kind standard|rough] [--tasks N] [--candidates N] [--seed S] [--file-per-solver]`. */
import { parseArgs } from 'node:util';
import { NO_TASKS, trainingTasks } from '../paths.js';
import { generateWorkspace, ROUGH, STANDARD } from './generate.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kind: { type: 'string', default: 'standard' },
    tasks: { type: 'string' },
    candidates: { type: 'string' },
    seed: { type: 'string' },
    'file-per-solver': { type: 'boolean', default: false },
  },
});
const tasks = trainingTasks();
if (positionals.length !== 1) {
  console.error(
    'usage: main.js FOLDER [--kind standard|rough] [--tasks N] [--candidates N] [--seed S] [--file-per-solver]',
  );
  process.exitCode = 2;
} else if (tasks === null) {
  console.error(NO_TASKS);
  process.exitCode = 2;
} else {
  const size = values.kind === 'rough' ? ROUGH : STANDARD;
  generateWorkspace(positionals[0], tasks, {
    ...size,
    tasks: Number(values.tasks ?? size.tasks),
    candidates: Number(values.candidates ?? size.candidates),
    filePerSolver: values['file-per-solver'],
    seed: values.seed ?? size.seed,
  });
}

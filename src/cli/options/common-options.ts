/** The options that several commands have: each is declared here once, and help lists them after a command's own. */
import { Option } from '../clipanion.js';

export const COMMON_OPTIONS = {
  config: () =>
    Option.String('--config', {
      description: 'the config file; default: the nearest config/battbuild.json at or above this folder',
    }),
  tasks: () =>
    Option.Array('--tasks', { description: 'folder of task files, task file or challenges (repeatable)' }),
  solvers: () =>
    Option.Array('--solvers', { description: 'folder of solver files, or solver file (repeatable)' }),
  differs: () =>
    Option.Array('--differs', { description: 'folder of differ files, or differ file (repeatable)' }),
  python: () =>
    Option.Array('--python', { description: 'folder of programs in Python, or such a file (repeatable)' }),
  cache: () => Option.String('--cache', { description: 'folder of the store' }),
  out: () => Option.String('--out', { description: 'folder to publish in' }),
  task: () => Option.Array('-i,--task', { description: 'only this task (repeatable)' }),
  count: () =>
    Option.String('-c,--count', { description: 'at most so many tasks, in the order of their ids' }),
  start: () => Option.String('-s,--start', { description: 'leave out so many tasks first' }),
  jobs: () =>
    Option.String('-j,--jobs', { description: 'workers that evaluate at once; default: one per core' }),
  timeout: () =>
    Option.String('--timeout', { description: 'seconds after which a silent worker is replaced' }),
  budget: () =>
    Option.String('--budget', { description: 'units of cost that a program may spend on one sample' }),
} as const;

/** How help names them, in its order. `card` has a `--count` of its own. */
export const COMMON_NAMES: readonly string[] = [
  '-i,--task',
  '-s,--start',
  '-c,--count',
  '--config',
  '--tasks',
  '--solvers',
  '--differs',
  '--python',
  '--cache',
  '--out',
  '-j,--jobs',
  '--timeout',
  '--budget',
];

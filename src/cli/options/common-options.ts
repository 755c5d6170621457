/**
 * The options that several commands have. Each is declared here once; help lists them after a command's own options.
 */
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
  remoteCache: () => Option.String('--remote-cache', { description: 'address of a shared cache' }),
  out: () => Option.String('--out', { description: 'folder to publish in' }),
  task: () => Option.Array('-i,--task', { description: 'only this task (repeatable)' }),
  count: () =>
    Option.String('-c,--count', { description: 'at most so many tasks, in the order of their ids' }),
  start: () => Option.String('-s,--start', { description: 'leave out so many tasks first' }),
  jobs: () =>
    Option.String('-j,--jobs', { description: 'workers that evaluate at once; default: cores - 1' }),
  timeout: () =>
    Option.String('--timeout', { description: 'seconds after which a silent worker is replaced' }),
  budget: () =>
    Option.String('--budget', { description: 'units of cost that a program may spend on one sample' }),
  queue: () =>
    Option.String('--queue', { description: 'Redis server by which workers of other machines take part' }),
  verifyRemote: () =>
    Option.String('--verify-remote', {
      description: 'compare so many of their answers with what they are here',
    }),
} as const;

/** The names as help shows them, in its order. `card` has its own `--count`. */
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
  '--remote-cache',
  '--out',
  '-j,--jobs',
  '--timeout',
  '--budget',
  '--queue',
  '--verify-remote',
];

/**
 * Reads the arguments of a plain build without the library for it: loading that and setting it up takes longer than a
 * build in which nothing changed. Reads only what is beyond doubt, exactly as the library would; all else is the
 * library's: help, other commands, joined options, whatever is wrong.
 */
import type { BuildFlags } from '../live/build-runner.js';

/** Options with a value, and the field that the value goes to. */
const VALUES: ReadonlyMap<string, string> = new Map([
  ['--config', 'config'],
  ['--cache', 'cache'],
  ['--out', 'out'],
  ['-c', 'count'],
  ['--count', 'count'],
  ['-s', 'start'],
  ['--start', 'start'],
  ['-j', 'jobs'],
  ['--jobs', 'jobs'],
  ['--timeout', 'timeout'],
  ['--budget', 'budget'],
  ['--trace', 'trace'],
]);

/** Options whose values add up. */
const LISTS: ReadonlyMap<string, string> = new Map([
  ['--tasks', 'tasks'],
  ['--solvers', 'solvers'],
  ['--differs', 'differs'],
  ['--python', 'python'],
  ['-i', 'task'],
  ['--task', 'task'],
]);

const SWITCHES: ReadonlyMap<string, string> = new Map([
  ['--timing', 'timing'],
  ['--json', 'json'],
  ['-n', 'dryRun'],
  ['--dry-run', 'dryRun'],
  ['--force', 'force'],
  ['--quiet', 'quiet'],
  ['--early-stop', 'earlyStop'],
  ['--until-solved', 'untilSolved'],
  ['--explain', 'explain'],
  ['--problems', 'problems'],
]);

const NONE = {
  timing: false,
  json: false,
  dryRun: false,
  force: false,
  quiet: false,
  earlyStop: false,
  untilSolved: false,
  explain: false,
  problems: false,
};

/** `-j4`: a short option that takes a value, and the value. */
const JOINED = /^(-[csji])([^=].*)$/s;

/** The arguments with such options and their values apart. */
export function separated(args: readonly string[]): string[] {
  const end = args.indexOf('--');
  return args.flatMap((arg, k) => {
    const [, option, value] = (end < 0 || k < end ? JOINED.exec(arg) : null) ?? [];
    return option === undefined ? [arg] : [option, value];
  });
}

/** The options of a build; null when the arguments are for the library to read. */
export function readBuildArguments(args: readonly string[]): BuildFlags | null {
  const switches: Record<string, boolean> = {};
  const values: Record<string, string> = {};
  const lists: Record<string, string[]> = {};
  for (let k = args[0] === 'build' ? 1 : 0; k < args.length; k++) {
    const switched = SWITCHES.get(args[k]);
    if (switched !== undefined) {
      switches[switched] = true;
      continue;
    }
    const single = VALUES.get(args[k]);
    const list = LISTS.get(args[k]);
    const value = args[++k];
    if (value === undefined || value.startsWith('-')) return null;
    if (single !== undefined) values[single] = value;
    else if (list === undefined) return null;
    else if (list in lists) lists[list].push(value);
    else lists[list] = [value];
  }
  return { ...NONE, ...switches, ...values, ...lists };
}

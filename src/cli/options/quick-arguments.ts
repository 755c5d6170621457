/**
 * Reads the arguments of a plain build without clipanion, because loading clipanion takes longer than a build in
 * which nothing changed. It reads plain options exactly as clipanion would, and leaves everything else to it: help,
 * other commands, joined options, and all errors.
 */
import type { BuildFlags } from './build-flags.js';

/** Options with a value, and the field that the value goes to. */
const VALUES: ReadonlyMap<string, string> = new Map([
  ['--config', 'config'],
  ['--cache', 'cache'],
  ['--remote-cache', 'remoteCache'],
  ['--out', 'out'],
  ['-c', 'count'],
  ['--count', 'count'],
  ['-s', 'start'],
  ['--start', 'start'],
  ['-j', 'jobs'],
  ['--jobs', 'jobs'],
  ['--timeout', 'timeout'],
  ['--budget', 'budget'],
  ['--queue', 'queue'],
  ['--verify-remote', 'verifyRemote'],
  ['--trace', 'trace'],
]);

/** Options that may be repeated: all their values count. */
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

/** `-j4`: a short option joined with its value. */
const JOINED = /^(-[csji])([^=].*)$/s;

/** The arguments, with joined options and values separated. */
export function separated(args: readonly string[]): string[] {
  const end = args.indexOf('--');
  return args.flatMap((arg, k) => {
    const [, option, value] = (end < 0 || k < end ? JOINED.exec(arg) : null) ?? [];
    return option === undefined ? [arg] : [option, value];
  });
}

/** The options of a build; null if clipanion has to read the arguments. */
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

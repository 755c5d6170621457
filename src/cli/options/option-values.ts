/** The options that take a value, and the name of that value: for help, and to tell a command's name from a value. */
export const OPTION_VALUES: ReadonlyMap<string, string> = new Map([
  ['--config', 'FILE'],
  ['--tasks', 'PATH'],
  ['--solvers', 'PATH'],
  ['--python', 'PATH'],
  ['--differs', 'PATH'],
  ['--cache', 'DIR'],
  ['--remote-cache', 'URL'],
  ['--out', 'DIR'],
  ['-i', 'ID'],
  ['--task', 'ID'],
  ['-c', 'N'],
  ['--count', 'N'],
  ['-s', 'N'],
  ['--start', 'N'],
  ['-j', 'N'],
  ['--jobs', 'N'],
  ['--timeout', 'SECONDS'],
  ['--budget', 'N'],
  ['--queue', 'URL'],
  ['--verify-remote', 'N%'],
  ['--trace', 'FILE'],
  ['--port', 'N'],
  ['--submission', 'FILE'],
  ['--format', 'FORMAT'],
  ['--level', 'LEVEL'],
  ['--dialect', 'NAME'],
  ['--why', 'A B'],
  ['--compare', 'RUN'],
  ['--sort', 'ORDER'],
  ['--top', 'N'],
  ['--phase', 'PHASE'],
  ['--sample', 'SAMPLE'],
  ['--solver', 'NAME'],
  ['--runs', 'N'],
  ['--html', 'FILE'],
  ['--per-task', 'N'],
  ['--seed', 'N'],
  ['--round', 'N'],
  ['--into', 'DIR'],
  ['--output', 'FILE'],
  ['--rounds', 'N'],
  ['--keep', 'N'],
  ['--recompute', 'N%'],
  ['--max-age', 'DAYS'],
  ['--max-size', 'MB'],
]);

/**
 * Index of the first word that is neither an option nor the value of one: a command's name belongs there. -1 if there
 * is none.
 */
export function firstWord(args: readonly string[]): number {
  for (let k = 0; k < args.length && args[k] !== '--'; k++) {
    if (OPTION_VALUES.has(args[k])) k++;
    else if (!args[k].startsWith('-')) return k;
  }
  return -1;
}

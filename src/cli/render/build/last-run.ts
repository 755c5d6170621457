/** What the last run did, and why, as text. */
import type { LastRun } from '../../../build/explain/last-run.js';
import type { Cause } from '../../../observe/cause.js';
import { count, duration, plural } from '../../../text/amounts.js';
import { printable } from '../../../text/printable.js';
import type { Style } from '../style.js';
import { itemText, reasonWords, stepsText } from './causes.js';

export function lastRunLines(last: LastRun, style: Style): string[] {
  const { run, started, wallMs, interrupted, cells, cellsRun, causes, runsSince } = last;
  const when = started.replace('T', ' ').replace(/\.\d+Z$/, ' UTC');
  const how = interrupted ? style.apply('yellow', 'interrupted after') : 'built in';
  const head = `${style.apply('bold', `run ${run}`)}, ${when}: ${how} ${duration(wallMs)}`;
  const ran = interrupted
    ? `${plural(cellsRun, 'cell')} executed`
    : `${count(cellsRun)} of ${plural(cells, 'cell')} executed`;
  const lines = [`${head}, ${ran}`];
  if (runsSince > 0) {
    const since = runsSince === 1 ? 'the build since then' : `the ${count(runsSince)} builds since then`;
    lines.push(style.apply('dim', `no step ran in ${since}`));
  }
  return [...lines, ...causes.flatMap((cause) => ['', ...causeLines(cause, style)])];
}

function causeLines(cause: Cause, style: Style): string[] {
  const { reasons, items, moreItems, tasks, taskCount } = cause;
  const named = tasks.map(printable).join(', ');
  const rest = taskCount > tasks.length ? ', ...' : '';
  const where = taskCount === 0 ? '' : ` in ${plural(taskCount, 'task')} (${named}${rest})`;
  const lines = [stepsText(cause, false) + where, `    ${style.apply('yellow', reasonWords(reasons))}`];
  for (const item of items) lines.push(`        ${itemText(item, false, style)}`);
  if (moreItems > 0) lines.push(style.apply('dim', `        ... and ${plural(moreItems, 'other')}`));
  return lines;
}

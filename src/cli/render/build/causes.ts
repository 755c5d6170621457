/** Why steps ran, in words: task by task for `build --explain`, summed up for `explain --last`. */
import type { Cause, CauseItem, Reason } from '../../../observe/cause.js';
import { count, plural } from '../../../text/amounts.js';
import { inPhaseOrder } from '../../../text/phase-order.js';
import { printable } from '../../../text/printable.js';
import type { Style } from '../style.js';

const REASON_WORDS: Readonly<Record<Reason, string>> = {
  'first-build': 'not built before',
  forced: '--force',
  'new-solver': 'new solver',
  solver: 'solver is another program',
  file: 'other content',
  'solver-gone': 'solver is gone',
  'new-sample': 'new sample',
  'sample-gone': 'sample is gone',
  sample: 'sample has another input',
  'expected-output': 'another expected output',
  demonstrations: 'other demonstrations, which are read',
  differs: 'other differs',
  budget: 'another budget',
  primitive: 'primitive has other code',
  code: 'the phase has other code',
  settings: 'other settings',
  input: 'another input',
  outcomes: 'the cells came to something else',
  ranking: 'the ranking changed',
  published: 'published files were edited or removed',
  skipped: 'the last build did without',
  lost: 'the last build lost a worker there',
  'not-stored': 'not in the store',
};

/** `12 cells of 3 programs, 3 scored`. `ofOne`: the task or file has been named before. */
export function stepsText({ steps, programs }: Pick<Cause, 'steps' | 'programs'>, ofOne: boolean): string {
  return inPhaseOrder(steps)
    .map(([phase, amount]) => {
      if (phase === 'validate') return `${plural(amount, 'cell')} of ${plural(programs, 'program')}`;
      if (phase === 'load') return ofOne ? 'loaded' : `${plural(amount, 'file')} loaded`;
      if (phase === 'inline') return `${count(amount)} inlined`;
      if (phase === 'score') return `${count(amount)} scored`;
      if (phase === 'publish') return ofOne ? 'published' : `${plural(amount, 'task')} published`;
      return `${phase} ${count(amount)}`;
    })
    .join(', ');
}

/** The reasons, each with at most `most` of its items. `subject` is the task or file that has been named before. */
export function reasonsText(
  { reasons, items, moreItems }: Cause,
  subject: string,
  most: number,
  style: Style,
): string {
  let left = moreItems;
  const parts = reasons.map((reason) => {
    const of = items.filter((item) => item.reason === reason);
    left += Math.max(0, of.length - most);
    const shown = of.slice(0, most).map((item) => itemText(item, item.name === subject, style));
    return shown.length === 0 ? REASON_WORDS[reason] : `${REASON_WORDS[reason]}: ${shown.join(', ')}`;
  });
  return parts.join('; ') + (left > 0 ? ` and ${plural(left, 'other')}` : '');
}

/** `solvers/a.py flip 427a0a2c3cff -> fb28d1c6d0a5`. `isNamed`: leave the name out. */
export function itemText({ name, old, new: now }: CauseItem, isNamed: boolean, style: Style): string {
  const parts = isNamed ? [] : [style.apply('cyan', printable(name))];
  if (old !== null && now !== null) parts.push(`${printable(old)} -> ${printable(now)}`);
  else if (old !== null) parts.push('(gone)');
  else if (now !== null) parts.push('(new)');
  return parts.join(' ');
}

/** The reasons without their items. */
export function reasonWords(reasons: readonly Reason[]): string {
  return reasons.map((reason) => REASON_WORDS[reason]).join('; ');
}

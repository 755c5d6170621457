/** An explanation for a person: each step, hit or miss, and which of its inputs changed. */
import type { ChangedInput } from '../../../build/causes/changed-inputs.js';
import type { ExplainedStep, Explanation } from '../../../build/explain/explain.js';
import { plural } from '../../../text/amounts.js';
import { printable } from '../../../text/printable.js';
import { tableLines } from '../columns.js';
import type { Format, Style } from '../style.js';

const STATE_FORMATS = { hit: 'green', miss: 'yellow', unknown: 'magenta' } as const satisfies Record<
  ExplainedStep['state'],
  Format
>;

/** `withInputs`: show the key of each step and all of its inputs, not only the changed ones. */
export function explanationLines(
  { task, solver, comparedWith, steps }: Explanation,
  withInputs: boolean,
  style: Style,
): string[] {
  const what = solver === null ? task : `${task}/${printable(solver)}`;
  const against = comparedWith === null ? 'never built before' : `compared with run ${comparedWith}`;
  const rows = steps.map(({ state, phase, subject, note }) => [
    { text: state, format: STATE_FORMATS[state] },
    phase,
    printable(subject),
    { text: printable(note ?? ''), format: 'dim' as const },
  ]);
  const table = tableLines(rows, ['left', 'left', 'left', 'left'], style);
  const lines = table.flatMap((line, k) => [
    line,
    ...(withInputs ? inputLines(steps[k], style) : []),
    ...steps[k].changed.map((input) => changeLine(input, style)),
  ]);
  return [`${style.apply('bold', what)}, ${against}`, ...lines, '', totals(steps)];
}

/** The inputs that are unchanged or cannot be compared; the others have lines of their own. */
function inputLines({ key, inputs, changed }: ExplainedStep, style: Style): string[] {
  if (key === null) return [];
  const others = inputs.filter(
    ({ name, value }) => !changed.some((one) => one.name === name && one.new === value),
  );
  const lines = others.map(({ name, value }) => `         ${printable(name)}: ${shown(value)}`);
  return [style.apply('dim', `         key ${key}`), ...lines];
}

function changeLine({ name, old, new: now }: ChangedInput, style: Style): string {
  return `         ${style.apply('cyan', printable(name))}: ${shown(old)} -> ${shown(now)}`;
}

/** Digests are shortened to their first digits. */
const LONGEST = 40;

function shown(value: string | null): string {
  if (value === null) return '(none)';
  if (value === '') return '(empty)';
  if (/^[0-9a-f]{32,}$/.test(value)) return `${value.slice(0, 12)}...`;
  return printable(value.length > LONGEST ? `${value.slice(0, LONGEST)}...` : value);
}

function totals(steps: readonly ExplainedStep[]): string {
  const of = (state: ExplainedStep['state']) => steps.filter((step) => step.state === state).length;
  const unknown = of('unknown') > 0 ? `, ${of('unknown')} that depend on them` : '';
  return `${plural(of('hit'), 'hit')}, ${plural(of('miss'), 'miss', 'misses')}${unknown}`;
}

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
  const groups = withInputs ? steps.map((step) => [step]) : foldedSteps(steps);
  const rows = groups.map((group) => {
    const [{ state, phase, note }] = group;
    return [
      { text: state, format: STATE_FORMATS[state] },
      phase,
      printable(subjectOf(group)),
      { text: printable(note ?? ''), format: 'dim' as const },
    ];
  });
  const table = tableLines(rows, ['left', 'left', 'left', 'left'], style);
  const lines = table.flatMap((line, k) => [
    line,
    ...(withInputs ? inputLines(groups[k][0], style) : []),
    ...groups[k][0].changed.map((input) => changeLine(input, style)),
  ]);
  return [`${style.apply('bold', what)}, ${against}`, ...lines, '', totals(steps)];
}

/** This many steps in a row, or more, that differ only in their sample are one line. */
const LONGEST_LIST = 10;

/** Groups of steps in a row, none empty. A group of several steps has one solver, many samples and the same causes. */
function foldedSteps(steps: readonly ExplainedStep[]): ExplainedStep[][] {
  const groups: ExplainedStep[][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (last !== undefined && isAlike(last[0], step)) last.push(step);
    else groups.push([step]);
  }
  return groups.flatMap((group) => (group.length > LONGEST_LIST ? [group] : group.map((step) => [step])));
}

function isAlike(a: ExplainedStep, b: ExplainedStep): boolean {
  return (
    a.state === b.state &&
    a.phase === b.phase &&
    a.note === b.note &&
    a.changed.length === 0 &&
    b.changed.length === 0 &&
    a.sample !== null &&
    b.sample !== null &&
    solverOf(a) === solverOf(b) &&
    kindOf(a.sample) === kindOf(b.sample)
  );
}

/** `a on demo 0`; of several steps `a on arc-gen 0 to 999`. */
function subjectOf(group: readonly ExplainedStep[]): string {
  const [first] = group;
  const last = group.at(-1)?.sample ?? null;
  return group.length === 1 || last === null
    ? first.subject
    : `${first.subject} to ${last.split(' ').at(-1)}`;
}

function solverOf({ subject, sample }: ExplainedStep): string {
  return subject.slice(0, subject.length - (sample?.length ?? 0));
}

function kindOf(sample: string): string {
  return sample.slice(0, sample.lastIndexOf(' '));
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

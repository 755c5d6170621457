/** An explanation for a person: each step, hit or miss, and which of its inputs changed. */
import type { ChangedInput } from '../../../build/causes/changed-inputs.js';
import type { ExplainedStep, Explanation } from '../../../build/explain/explain.js';
import { plural } from '../../../text/amounts.js';
import { jsonText } from '../../../text/json-text.js';
import { printable } from '../../../text/printable.js';
import { tableLines } from '../columns.js';
import type { Format, Style } from '../style.js';

const STATE_FORMATS = { hit: 'green', miss: 'yellow', unknown: 'magenta' } as const satisfies Record<
  ExplainedStep['state'],
  Format
>;

/** One object; its steps are written while they are made. */
export function* explanationJson({ steps, ...head }: Explanation): Generator<string> {
  yield `${jsonText(head).slice(0, -1)},"steps":[`;
  let separator = '';
  for (const step of steps) {
    yield separator + jsonText(step);
    separator = ',';
  }
  yield ']}\n';
}

/** `withInputs`: show the key of each step and all of its inputs, not only the changed ones. */
export function explanationLines(
  { task, solver, comparedWith, steps }: Explanation,
  withInputs: boolean,
  style: Style,
): string[] {
  const what = solver === null ? task : `${task}/${printable(solver)}`;
  const against = comparedWith === null ? 'never built before' : `compared with run ${comparedWith}`;
  const counts = new Map<ExplainedStep['state'], number>();
  const groups = groupsOf(counted(steps, counts), withInputs);
  const rows = groups.map((group) => {
    const { state, phase, note } = group.first;
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
    ...(withInputs ? inputLines(groups[k].first, style) : []),
    ...groups[k].first.changed.map((input) => changeLine(input, style)),
  ]);
  return [`${style.apply('bold', what)}, ${against}`, ...lines, '', totals(counts)];
}

function* counted(
  steps: Iterable<ExplainedStep>,
  counts: Map<ExplainedStep['state'], number>,
): Generator<ExplainedStep> {
  for (const step of steps) {
    counts.set(step.state, (counts.get(step.state) ?? 0) + 1);
    yield step;
  }
}

/** Steps in a row. A group has one solver, many samples and the same causes. */
interface StepGroup {
  readonly first: ExplainedStep;
  last: ExplainedStep;
}

/** This many steps in a row, or more, that differ only in their sample are one line. */
const LONGEST_LIST = 10;

function groupsOf(steps: Iterable<ExplainedStep>, withInputs: boolean): StepGroup[] {
  const groups: StepGroup[] = [];
  /** The last steps of `groups`, which have the same causes. */
  let alike = 0;
  for (const made of steps) {
    // Inputs that are not shown are not stored, because there may be thousands of steps.
    const step = withInputs ? made : { ...made, inputs: [] };
    const last = groups.at(-1);
    if (withInputs || last === undefined || !isAlike(last.first, step)) {
      groups.push({ first: step, last: step });
      alike = 1;
      continue;
    }
    alike++;
    if (alike <= LONGEST_LIST) groups.push({ first: step, last: step });
    else {
      if (alike === LONGEST_LIST + 1) groups.length -= LONGEST_LIST - 1;
      (groups.at(-1) as StepGroup).last = step;
    }
  }
  return groups;
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
function subjectOf({ first, last }: StepGroup): string {
  return first === last || last.sample === null
    ? first.subject
    : `${first.subject} to ${last.sample.split(' ').at(-1)}`;
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

function totals(counts: ReadonlyMap<ExplainedStep['state'], number>): string {
  const of = (state: ExplainedStep['state']) => counts.get(state) ?? 0;
  const unknown = of('unknown') > 0 ? `, ${of('unknown')} that depend on them` : '';
  return `${plural(of('hit'), 'hit')}, ${plural(of('miss'), 'miss', 'misses')}${unknown}`;
}

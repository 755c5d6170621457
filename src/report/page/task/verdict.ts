/** Names and marks of verdicts and of the states of programs: a sign as well as a colour. */
import type { ProgramState, Verdict } from '../../data.js';
import { element } from '../dom.js';

export const VERDICTS: Readonly<Record<Verdict, { readonly sign: string; readonly name: string }>> = {
  solved: { sign: '●', name: 'solved' },
  partly: { sign: '◐', name: 'partly solved' },
  unsolved: { sign: '○', name: 'not solved' },
};

export function verdictMark(verdict: Verdict): HTMLElement {
  const { sign, name } = VERDICTS[verdict];
  return element('span', { class: `mark ${verdict}`, role: 'img', 'aria-label': name, title: name }, sign);
}

/** From best to worst. */
export const STATES: readonly { readonly state: ProgramState; readonly name: string }[] = [
  { state: 's', name: 'matches every sample' },
  { state: 'd', name: 'every demo, not every test' },
  { state: 'p', name: 'some sample' },
  { state: 'n', name: 'no sample' },
  { state: 'x', name: 'returns no grid' },
];

/** `✓` and `✗`; a dash if the expected output is hidden. */
export function matchMark(match: boolean | null): HTMLElement {
  const [kind, sign, name] =
    match === null
      ? ['hidden', '–', 'expected output hidden']
      : match
        ? ['match', '✓', 'match']
        : ['miss', '✗', 'no match'];
  return element('span', { class: `check ${kind}`, role: 'img', 'aria-label': name, title: name }, sign);
}

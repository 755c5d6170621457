/** The constants of the dialect, besides those of the base language (SPEC-dialect 4). */
import { constants as base } from '../constants.js';
import type { Value } from '../value/value.js';

/** `count` names of `letter` and a number, from `from` on, with the values that `value` returns for the numbers. */
function numbered(
  letter: string,
  from: number,
  count: number,
  value: (number: number) => number,
): [string, number][] {
  return Array.from({ length: count }, (_, k) => [`${letter}${from + k}`, value(from + k)]);
}

const NEGATIVES = ['THREE', 'FOUR', 'FIVE', 'SIX', 'SEVEN', 'EIGHT', 'NINE', 'TEN'];
const COLORS = ['BLACK', 'BLUE', 'RED', 'GREEN', 'YELLOW', 'GRAY', 'MAGENTA', 'ORANGE', 'CYAN', 'BURGUNDY'];

const further: readonly [string, number][] = [
  // Ranks from the first and from the last, choices, turns.
  ...numbered('F', 0, 10, (n) => n),
  ...numbered('L', 1, 10, (n) => -n),
  ...numbered('R', 0, 10, (n) => n),
  ...numbered('A', 0, 10, (n) => n),
  ...NEGATIVES.map((name, k): [string, number] => [`NEG_${name}`, -3 - k]),
  ['HUNDRED', 100],
  ['THOUSAND', 1000],
  ...COLORS.map((name, k): [string, number] => [name, k]),
  ['SM2', 2],
  ['SM3', 3],
  ['SD2', -2],
  ['SD3', -3],
];

/** All constants of the dialect. */
export const constants: ReadonlyMap<string, Value> = new Map<string, Value>([...base, ...further]);

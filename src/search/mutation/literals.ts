/** The constants of a program, and random constants of a similar kind and range. */
import { constants } from '../../dsl/constants.js';
import { Pair } from '../../dsl/value/value.js';
import { Op, type Program } from '../../lang/program/program.js';
import type { Role } from '../types/parameter-roles.js';
import type { GraphNode, ProgramEditor } from './program-editor.js';
import type { Random } from './random.js';
import type { SampleFeatures } from './sample-features.js';

/** A constant of a program: a boolean, an integer or a pair of integers. */
export type Literal = boolean | number | Pair;

/** The constant that a node represents; null if it is something else. */
export function literalAt({ ops, data, starts, operands }: Program, node: number): Literal | null {
  switch (ops[node]) {
    case Op.False:
      return false;
    case Op.True:
      return true;
    case Op.Integer:
      return data[node];
    case Op.Tuple: {
      const start = starts[node];
      if (starts[node + 1] - start !== 2) return null;
      const [i, j] = [operands[start], operands[start + 1]];
      return ops[i] === Op.Integer && ops[j] === Op.Integer ? new Pair(data[i], data[j]) : null;
    }
    default:
      return null;
  }
}

/** Whether a node is a pair of integers: the two form one constant. */
export function isPairLiteral(program: Program, node: number): boolean {
  return node < program.length && program.ops[node] === Op.Tuple && literalAt(program, node) !== null;
}

export function literalNode(editor: ProgramEditor, literal: Literal): GraphNode {
  if (typeof literal === 'boolean') return editor.boolean(literal);
  return typeof literal === 'number' ? editor.integer(literal) : editor.pair(literal.i, literal.j);
}

/** Another constant for an operand with this role. */
export function otherLiteral(
  current: Literal,
  role: Role | null,
  features: SampleFeatures,
  random: Random,
): Literal {
  if (typeof current === 'boolean') return !current;
  if (typeof current === 'number') return otherInteger(current, role, features, random);
  const options = pairsFor(role, features);
  // Near values together are as likely as far values together.
  const near = neighboursOf(current).filter(({ i, j }) => role !== 'dimensions' || (i > 0 && j > 0));
  const chosen = random.chance(0.5) ? near : options.filter((pair) => !isEqual(pair, current));
  return random.choose(chosen.length === 0 ? neighboursOf(current) : chosen);
}

/** An integer for an operand with this role. */
export function freshInteger(role: Role | null, features: SampleFeatures, random: Random): number {
  if (role === 'color-read') return random.weighted(features.read);
  if (role === 'color-written') return random.weighted(features.written);
  if (role === 'rank') return random.choose(RANKS);
  if (role === 'choice') return random.below(CHOICES);
  // Repetition counts are rarely large.
  return role === 'amount' ? 1 + random.weighted(AMOUNTS) : random.below(SMALL_INTEGERS);
}

/** A pair for an operand with this role. */
export function freshPair(role: Role | null, features: SampleFeatures, random: Random): Pair {
  return random.choose(pairsFor(role, features));
}

/** Weights of 1, 2, ... */
const AMOUNTS = [1, 4, 3, 1, 1];
const SMALL_INTEGERS = 5;
const RANKS = [0, 0, 0, -1, -1, 1, -2, 2];
const CHOICES = 8;
const LARGEST_AMOUNT = 10;
const COLORS = 10;

function otherInteger(current: number, role: Role | null, features: SampleFeatures, random: Random): number {
  if (role === 'color-read' || role === 'color-written') {
    const weights = role === 'color-read' ? features.read : features.written;
    const others = weights.map((weight, color) => (color === current ? 0 : weight));
    return random.weighted(others);
  }
  if (role === 'rank' || role === 'choice') {
    const options = role === 'rank' ? [0, 1, 2, -1, -2] : [0, 1, 2, 3, 4, 5, 6, 7];
    return random.choose(options.filter((option) => option !== current));
  }
  if (role === 'amount') {
    const options = [current - 1, current + 1, 1, 2, 3, 4].filter(
      (value) => value !== current && value >= 1 && value <= Math.max(LARGEST_AMOUNT, current),
    );
    return random.choose(options);
  }
  if (random.chance(0.5)) return current + random.choose([-1, 1]);
  const other = random.below(COLORS);
  return other < current ? other : other + 1;
}

const PAIRS = [...constants.values()].filter((value) => value instanceof Pair);
const DIRECTIONS = PAIRS.filter(({ i, j }) => i >= -1 && i <= 1 && j >= -1 && j <= 1 && (i !== 0 || j !== 0));
const SQUARES = PAIRS.filter(({ i, j }) => i > 0 && i === j);
const CORNERS = PAIRS.filter(({ i, j }) => i >= 0 && j >= 0 && i < 2 && j < 2);

function pairsFor(role: Role | null, features: SampleFeatures): readonly Pair[] {
  switch (role) {
    case 'direction':
      return DIRECTIONS;
    case 'dimensions':
      return [...features.sizes.map(({ height, width }) => new Pair(height, width)), ...SQUARES];
    case 'position':
      return CORNERS;
    default:
      return PAIRS;
  }
}

function neighboursOf({ i, j }: Pair): Pair[] {
  return [new Pair(i - 1, j), new Pair(i + 1, j), new Pair(i, j - 1), new Pair(i, j + 1)];
}

function isEqual(a: Pair, b: Pair): boolean {
  return a.i === b.i && a.j === b.j;
}

/** The names with a meaning in a language: reserved words, constants, primitives and their parameters. */
import { Pair, type Value } from '../../dsl/value/value.js';
import type { Language } from '../language.js';
import { NameTable } from './names.js';

/**
 * Python's reserved words, which are never names. Those that the language uses come first, so that their ids are
 * constants.
 */
const RESERVED = [
  ...[
    'def',
    'return',
    'True',
    'False',
    'None',
    'import',
    'from',
    'pass',
    'if',
    'elif',
    'else',
    'try',
    'except',
  ],
  ...['finally', 'class', 'async', 'for', 'lambda', 'and', 'in', 'is', 'not', 'or', 'as', 'assert', 'await'],
  ...['break', 'continue', 'del', 'global', 'nonlocal', 'raise', 'while', 'with', 'yield'],
];

/** Ids of reserved words; every id below `Word.count` is reserved. */
export const Word = {
  def: 0,
  return: 1,
  True: 2,
  False: 3,
  None: 4,
  import: 5,
  from: 6,
  pass: 7,
  if: 8,
  elif: 9,
  else: 10,
  try: 11,
  except: 12,
  finally: 13,
  class: 14,
  async: 15,
  for: 16,
  count: RESERVED.length,
} as const;

export const NO_SYMBOL = -1;

/** The values that a constant can have; the loader writes them as nodes. */
export type ConstantValue = null | boolean | number | Pair;

export class Symbols {
  readonly names = new NameTable();
  /** Name ids from here on belong to the file that is being read. */
  readonly size: number;
  /** The value of each constant, in the order of `constantOf`. */
  readonly constants: readonly ConstantValue[];
  /** By name id below `size`: index into `constants`, or NO_SYMBOL. */
  readonly constantOf: Int32Array;
  /** By name id below `size`: id of the primitive, or NO_SYMBOL. */
  readonly primitiveOf: Int32Array;
  readonly arities: Uint8Array;
  /** By primitive: the primitive that is the default of its last parameter, or NO_SYMBOL. */
  readonly defaults: Int32Array;
  /** By primitive: the name ids of its parameters. */
  readonly parameters: readonly (readonly number[])[];
  constructor(readonly language: Language) {
    const { names } = this;
    for (const word of RESERVED) names.internText(word);
    const constantIds = [...language.constants.keys()].map((name) => names.internText(name));
    const primitiveIds = language.primitives.map(({ name }) => names.internText(name));
    const { firstId, primitives } = language;
    const parameters: number[][] = [];
    this.arities = new Uint8Array(firstId + primitives.length);
    this.defaults = new Int32Array(firstId + primitives.length).fill(NO_SYMBOL);
    primitives.forEach((primitive, index) => {
      parameters[firstId + index] = primitive.parameters.map(({ name }) => names.internText(name));
      this.arities[firstId + index] = primitive.parameters.length;
      if (primitive.parameters.at(-1)?.optional === true) {
        this.defaults[firstId + index] = language.idOf('identity') ?? NO_SYMBOL;
      }
    });
    this.parameters = parameters;
    this.constants = [...language.constants.values()].map(constantValue);
    this.size = names.size;
    this.constantOf = new Int32Array(this.size).fill(NO_SYMBOL);
    this.primitiveOf = new Int32Array(this.size).fill(NO_SYMBOL);
    constantIds.forEach((id, index) => {
      this.constantOf[id] = index;
    });
    primitiveIds.forEach((id, index) => {
      this.primitiveOf[id] = language.firstId + index;
    });
  }
}

function constantValue(value: Value): ConstantValue {
  if (value === null || typeof value !== 'object' || value instanceof Pair) return value;
  throw new TypeError('a constant of the language is neither a scalar nor a pair');
}

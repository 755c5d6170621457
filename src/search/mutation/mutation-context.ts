/** A program with the facts about it, open in the editor for a change. */
import type { Language } from '../../lang/language.js';
import type { BodyHash, Program } from '../../lang/program/program.js';
import { inferTypes } from '../types/inference.js';
import { roleOf } from '../types/roles.js';
import { COLOR, isIntegral, type Type } from '../types/type.js';
import type { GraphNode, ProgramEditor } from './program-editor.js';
import type { Random } from './random.js';
import type { SampleFeatures } from './sample-features.js';

/** A program that others can be derived from. */
export interface Ancestor {
  readonly program: Program;
  readonly body: BodyHash;
  /** Per node. */
  readonly types: readonly Type[];
  /** See `Inference`. */
  readonly faults: number;
}

export function ancestorOf(program: Program, body: BodyHash): Ancestor {
  return { program, body, ...inferTypes(program) };
}

/** The result node of the changed program; null if the mutation cannot be applied. */
export type Mutation = (subject: MutationContext) => GraphNode | null;

/** The input of a mutation. The editor holds the program. */
export interface MutationContext {
  readonly program: Program;
  /** The language of the program: added parts have the same. */
  readonly language: Language;
  readonly types: readonly Type[];
  readonly editor: ProgramEditor;
  readonly random: Random;
  readonly features: SampleFeatures;
}

/**
 * An operand of a node. For the result of the program, `node` is the program's length, and there is only this
 * operand.
 */
export interface OperandSite {
  readonly node: number;
  /** Index of the operand, from 0. */
  readonly operand: number;
  /** The node that is the operand. */
  readonly value: number;
}

/** All operands of a program's nodes, and its result. */
export function operandSites({ length, starts, operands }: Program): OperandSite[] {
  const sites: OperandSite[] = [];
  for (let node = 0; node < length; node++) {
    for (let k = starts[node]; k < starts[node + 1]; k++) {
      sites.push({ node, operand: k - starts[node], value: operands[k] });
    }
  }
  sites.push({ node: length, operand: 0, value: length - 1 });
  return sites;
}

/** Per node: 1 if it depends on `node`, or is that node. */
export function dependentsOf({ length, starts, operands }: Program, node: number): Uint8Array {
  const dependents = new Uint8Array(length + 1);
  dependents[node] = 1;
  for (let later = node + 1; later < length; later++) {
    for (let k = starts[later]; k < starts[later + 1]; k++) dependents[later] |= dependents[operands[k]];
  }
  return dependents;
}

/** The type that a replacement must have: that of the operand, but a colour if an integer is used as one. */
export function expectedTypeAt(
  { program, types }: MutationContext,
  { node, operand, value }: OperandSite,
): Type {
  if (!isIntegral(types[value])) return types[value];
  const role = roleOf(program, types, node, operand);
  return role === 'color-read' || role === 'color-written' ? COLOR : types[value];
}

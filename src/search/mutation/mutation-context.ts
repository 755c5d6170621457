/** A program with all that is known of it, and the same open on the bench for a change. */
import type { Language } from '../../lang/language.js';
import type { BodyHash, Program } from '../../lang/program/program.js';
import { inferTypes } from '../types/inference.js';
import { roleOf } from '../types/roles.js';
import { COLOR, isIntegral, type Type } from '../types/type.js';
import type { GraphNode, ProgramEditor } from './program-editor.js';
import type { Random } from './random.js';
import type { SampleFeatures } from './sample-features.js';

/** A program that others can descend from. */
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

/** The result of the changed program; null when the mutation found no place, or nothing to put there. */
export type Mutation = (subject: MutationContext) => GraphNode | null;

/** What a mutation works on. The bench holds the program. */
export interface MutationContext {
  readonly program: Program;
  /** That of the program: what is added to it is of the same. */
  readonly language: Language;
  readonly types: readonly Type[];
  readonly editor: ProgramEditor;
  readonly random: Random;
  readonly features: SampleFeatures;
}

/** An operand of a node; `node` is the program's length for the result of the program, which is its only operand. */
export interface OperandSite {
  readonly node: number;
  /** From 0. */
  readonly operand: number;
  /** The node that stands there. */
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

/** Per node: 1 if it needs `node`, or is it. */
export function dependentsOf({ length, starts, operands }: Program, node: number): Uint8Array {
  const dependents = new Uint8Array(length + 1);
  dependents[node] = 1;
  for (let later = node + 1; later < length; later++) {
    for (let k = starts[later]; k < starts[later + 1]; k++) dependents[later] |= dependents[operands[k]];
  }
  return dependents;
}

/** What a value in a place must be like: what is there, but a colour where an integer stands for one. */
export function expectedTypeAt(
  { program, types }: MutationContext,
  { node, operand, value }: OperandSite,
): Type {
  if (!isIntegral(types[value])) return types[value];
  const role = roleOf(program, types, node, operand);
  return role === 'color-read' || role === 'color-written' ? COLOR : types[value];
}

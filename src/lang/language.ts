/** What the loader needs to know of the language: the names, and what they stand for. */
import { constants } from '../dsl/constants.js';
import { primitives } from '../dsl/table.js';
import type { Value } from '../dsl/value/value.js';

/** The part of a primitive that its callers see. */
export interface Signature {
  readonly name: string;
  readonly parameters: readonly { readonly name: string }[];
}

export class Language {
  /** Sorted by name. A primitive's index in this list is its id within a process; ids are never stored. */
  readonly primitives: readonly Signature[];
  private readonly ids: ReadonlyMap<string, number>;

  constructor(
    primitives: readonly Signature[],
    readonly constants: ReadonlyMap<string, Value>,
  ) {
    this.primitives = [...primitives].sort((a, b) => (a.name < b.name ? -1 : 1));
    this.ids = new Map(this.primitives.map((primitive, id) => [primitive.name, id]));
  }

  idOf(name: string): number | undefined {
    return this.ids.get(name);
  }

  arity(id: number): number {
    return this.primitives[id].parameters.length;
  }
}

/** The language of the solvers. */
export const arcLanguage = new Language(primitives, constants);

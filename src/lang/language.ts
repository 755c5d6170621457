/** A language as the loader needs it: its names and their meanings. */
import { arcDsl, type Dialect, dialects } from '../dsl/dialects.js';
import type { Value } from '../dsl/value/value.js';

/** The part of a primitive that callers need. */
export interface Signature {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly optional?: boolean }[];
  /** The name in programs, which no other language has. If absent, it is `name`. */
  readonly qualified?: string;
}

/**
 * Primitives by their ids within a process; ids are never stored. A program contains only these ids, so that programs
 * of several languages can be evaluated together.
 */
export class Vocabulary {
  private readonly ids: ReadonlyMap<string, number>;

  constructor(
    /** In the order of their ids, which begin at `firstId`. */
    readonly primitives: readonly Signature[],
    readonly firstId = 0,
  ) {
    this.ids = new Map(primitives.map((primitive, k) => [qualifiedName(primitive), firstId + k]));
  }

  primitive(id: number): Signature {
    return this.primitives[id - this.firstId];
  }

  arity(id: number): number {
    return this.primitive(id).parameters.length;
  }

  qualifiedName(id: number): string {
    return qualifiedName(this.primitive(id));
  }

  idOfQualified(name: string): number | undefined {
    return this.ids.get(name);
  }
}

function qualifiedName({ qualified, name }: Signature): string {
  return qualified ?? name;
}

/** A language: its primitives, sorted by name, and its constants. */
export class Language extends Vocabulary {
  private readonly idsByName: ReadonlyMap<string, number>;

  constructor(
    primitives: readonly Signature[],
    readonly constants: ReadonlyMap<string, Value>,
    readonly name = 'arc-dsl',
    firstId = 0,
  ) {
    super(
      [...primitives].sort((a, b) => (a.name < b.name ? -1 : 1)),
      firstId,
    );
    this.idsByName = new Map(this.primitives.map((primitive, k) => [primitive.name, firstId + k]));
  }

  idOf(name: string): number | undefined {
    return this.idsByName.get(name);
  }

  /** Whether it has a primitive or a constant with the name. */
  has(name: string): boolean {
    return this.idsByName.has(name) || this.constants.has(name);
  }
}

function languageOf({ name, primitives, constants }: Dialect, firstId: number): Language {
  return new Language(primitives, constants, name, firstId);
}

/** The languages of solvers, in the order of `dialects`: the base language is the first. */
export const languages: readonly Language[] = dialects.map((dialect, k) =>
  languageOf(
    dialect,
    dialects.slice(0, k).reduce((sum, { primitives }) => sum + primitives.length, 0),
  ),
);

/** The base language. */
export const arcLanguage = languages[dialects.indexOf(arcDsl)];

/** The primitives of all languages. */
export const everyPrimitive = new Vocabulary(languages.flatMap(({ primitives }) => primitives));

/** The language of a primitive. */
export function languageWith(id: number): Language {
  return languages.findLast(({ firstId }) => id >= firstId) as Language;
}

/** The language with this name; undefined if there is none. */
export function languageNamed(name: string): Language | undefined {
  return languages.find((language) => language.name === name);
}

/** The gene pool: programs to derive others from. They are decoded, and their types inferred, when first chosen. */
import type { Language } from '../../lang/language.js';
import { type BodyHash, decodeProgram, languageOfProgram } from '../../lang/program/program.js';
import { type Ancestor, ancestorOf } from '../mutation/mutation-context.js';

/** A program as loaded. */
export interface EncodedProgram {
  readonly body: BodyHash;
  /** Encoded, see lang/program/program.ts. */
  readonly program: Uint8Array;
}

/** Caches decoded programs by body hash: tasks share programs, and rounds share parents. */
export class GenePool {
  private readonly ancestors = new Map<BodyHash, Ancestor>();
  private readonly languages = new Map<BodyHash, Language>();

  languageOf({ body, program }: EncodedProgram): Language {
    let language = this.languages.get(body);
    if (language === undefined) {
      language = languageOfProgram(decodeProgram(program));
      this.languages.set(body, language);
    }
    return language;
  }

  get({ body, program }: EncodedProgram): Ancestor {
    let ancestor = this.ancestors.get(body);
    if (ancestor === undefined) {
      ancestor = ancestorOf(decodeProgram(program), body);
      this.ancestors.set(body, ancestor);
    }
    return ancestor;
  }
}

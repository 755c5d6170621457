/** Programs that others can descend from: decoded, and their kinds inferred, when one is chosen for the first time. */
import type { Language } from '../lang/language.js';
import { type BodyHash, decodeProgram, languageOfProgram } from '../lang/program.js';
import { type Ancestor, ancestorOf } from './subject.js';

/** A program as it was loaded. */
export interface Stored {
  readonly body: BodyHash;
  /** Encoded, see lang/program.ts. */
  readonly program: Uint8Array;
}

/** Remembers what it decoded, by body: tasks share programs, and rounds share parents. */
export class Stock {
  private readonly ancestors = new Map<BodyHash, Ancestor>();
  private readonly languages = new Map<BodyHash, Language>();

  languageOf({ body, program }: Stored): Language {
    let language = this.languages.get(body);
    if (language === undefined) {
      language = languageOfProgram(decodeProgram(program));
      this.languages.set(body, language);
    }
    return language;
  }

  get({ body, program }: Stored): Ancestor {
    let ancestor = this.ancestors.get(body);
    if (ancestor === undefined) {
      ancestor = ancestorOf(decodeProgram(program), body);
      this.ancestors.set(body, ancestor);
    }
    return ancestor;
  }
}

/** Programs that others can descend from: decoded, and their kinds inferred, when one is chosen for the first time. */
import { type BodyHash, decodeProgram } from '../../lang/program/program.js';
import { type Ancestor, ancestorOf } from '../mutation/mutation-context.js';

/** A program as it was loaded. */
export interface EncodedProgram {
  readonly body: BodyHash;
  /** Encoded, see lang/program/program.ts. */
  readonly program: Uint8Array;
}

/** Remembers what it decoded, by body: tasks share programs, and rounds share parents. */
export class GenePool {
  private readonly ancestors = new Map<BodyHash, Ancestor>();

  get({ body, program }: EncodedProgram): Ancestor {
    let ancestor = this.ancestors.get(body);
    if (ancestor === undefined) {
      ancestor = ancestorOf(decodeProgram(program), body);
      this.ancestors.set(body, ancestor);
    }
    return ancestor;
  }
}

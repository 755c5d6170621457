/** The programs of a file, written one after another into a growing buffer. */
import type { LoadedFunction, Parameters } from '../loaded.js';
import type { BodyHash } from '../program/program.js';
import type { Definition } from './module.js';

export interface WrittenProgram {
  readonly start: number;
  readonly end: number;
  readonly body: BodyHash;
}

interface Entry {
  readonly name: string;
  readonly line: number;
  readonly parameters: Parameters;
  /** Null for an alias of a function or primitive. */
  readonly definition: Definition | null;
  readonly program: WrittenProgram;
  /** Its source lines. */
  readonly start: number;
  readonly end: number;
}

/** The positions of programs in a buffer that is still growing. */
export class Written {
  readonly entries: Entry[] = [];
  /** By result node: the functions of a file share a graph, so equal programs have the same result node. */
  readonly programs = new Map<number, WrittenProgram>();

  functions(buffer: Uint8Array): LoadedFunction[] {
    const views = new Map<WrittenProgram, Uint8Array>();
    // Functions that others call have been read before their callers.
    const inOrder = this.entries.sort((a, b) => a.line - b.line);
    return inOrder.map(({ name, line, parameters, definition, program, start, end }) => {
      let view = views.get(program);
      if (view === undefined) {
        view = buffer.subarray(program.start, program.end);
        views.set(program, view);
      }
      return {
        name,
        line,
        parameters,
        helper: definition === null || definition.isCalled,
        body: program.body,
        program: view,
        lines: buffer.subarray(start, end),
      };
    });
  }
}

/** The programs of a file as they are written one after another into a buffer that is still growing. */
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
  /** Null for another name of a function or primitive. */
  readonly definition: Definition | null;
  readonly program: WrittenProgram;
  /** Its lines. */
  readonly start: number;
  readonly end: number;
}

/** What has been written of a file, as positions in a buffer that is still growing. */
export class Written {
  readonly entries: Entry[] = [];
  /** By result node: as the functions of a file share a graph, those with equal programs return the same node. */
  readonly programs = new Map<number, WrittenProgram>();

  functions(buffer: Uint8Array): LoadedFunction[] {
    const views = new Map<WrittenProgram, Uint8Array>();
    // Functions that others call have been read before those.
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

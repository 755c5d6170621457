/** Phase 3, inline: a program's source text as it is published, and facts about it that need no run. */

import { sha256Hex } from '../encoding/digest.js';
import { inlineSource } from '../lang/inline.js';
import { factsOf, readFacts, writeFacts } from '../lang/program/facts.js';
import { type BodyHash, decodeProgram } from '../lang/program/program.js';
import { decodePython, factsOfPython, isPython } from '../python/python-program.js';
import { stopwatch } from '../stopwatch.js';
import { fingerprints } from './fingerprints.js';
import type { KeyWriter } from './key.js';
import type { StepPhase } from './phase.js';
import type { Inlined, TaskProgram, TaskSubject } from './subject/task-subject.js';

/** The work of the phase: from an encoded program to its text, as a function called `name`, and its facts. */
export function inlineProgram(encoded: Uint8Array, name = 'solve'): Inlined {
  if (isPython(encoded)) {
    const python = decodePython(encoded);
    return { text: new TextDecoder().decode(python.source), facts: factsOfPython(python) };
  }
  const program = decodeProgram(encoded);
  return { text: inlineSource(program, name), facts: factsOf(program) };
}

/** The text depends on the program only. For a program in Python it is the file of its first candidate, unchanged. */
export function writeInlineKey(body: BodyHash, source: string | null, writer: KeyWriter): void {
  writer.field('program', body);
  if (source !== null) writer.field('source', source);
}

/** The digest of the source that is a Python program's text; null for other programs. */
export function sourceOf(encoded: Uint8Array): string | null {
  return isPython(encoded) ? sha256Hex(decodePython(encoded).source) : null;
}

export const inline: StepPhase<TaskSubject, TaskProgram, Inlined, unknown> = {
  kind: 'steps',
  name: 'inline',
  version: fingerprints.phases['inline'],
  harmless: true,
  shard: (subject) => subject.task.id,
  steps: (subject) => subject.programs,
  key: (program, _subject, _context, writer) =>
    writeInlineKey(program.body, sourceOf(program.program), writer),
  batches: (steps) => [steps],
  async run(programs) {
    const outputs: Inlined[] = [];
    const micros: number[] = [];
    const startedAt = stopwatch.now();
    for (const program of programs) {
      const before = stopwatch.now();
      outputs.push(inlineProgram(program.program));
      micros.push(Math.round((stopwatch.now() - before) * 1000));
    }
    return { outputs, micros, blobs: new Map(), cpuMs: stopwatch.now() - startedAt };
  },
  cacheable: () => true,
  write(inlined, writer) {
    writer.string(inlined.text);
    writeFacts(inlined.facts, writer);
  },
  read: (reader) => ({ text: reader.string(), facts: readFacts(reader) }),
  blobsOf: () => [],
  accept(_subject, programs, outputs) {
    programs.forEach((program, k) => {
      program.inlined = outputs[k];
    });
  },
};

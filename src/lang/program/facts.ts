/** Facts about a program that need no run. */
import type { ByteReader, ByteWriter } from '../../encoding/bytes.js';
import { everyPrimitive, type Vocabulary } from '../language.js';
import { Op, type Program } from './program.js';

export interface ProgramFacts {
  /** Qualified names of the primitives that the program calls, or holds as values and so may call: sorted, each once. */
  readonly primitives: readonly string[];
  /** Whether the result depends on the demonstration samples, or on the value that the caller supplies. */
  readonly readsS: boolean;
  readonly readsC: boolean;
  /**
   * An estimate of the cost of a run, for use before a cost has been measured: the sum of the nodes' weights. It has
   * no unit and only orders programs roughly.
   */
  readonly weight: number;
  /** Of a Python program: the file that it is published as. */
  readonly source?: WrittenSource;
}

export interface WrittenSource {
  /** SHA-256, in hexadecimal. */
  readonly digest: string;
  readonly bytes: number;
}

/** A function computed by the program usually runs once for each element of a container. */
const WEIGHT_OF_CALL = 16;
const WEIGHT_OF_APPLY = 64;
const WEIGHT_OF_FUNCTION_VALUE = 64;

export function factsOf(program: Program, vocabulary: Vocabulary = everyPrimitive): ProgramFacts {
  const { length, ops, data, starts } = program;
  const reached = new Set<number>();
  let readsS = false;
  let readsC = false;
  let weight = 0;
  for (let node = 0; node < length; node++) {
    switch (ops[node]) {
      case Op.S:
        readsS = true;
        break;
      case Op.C:
        readsC = true;
        break;
      case Op.Call:
        reached.add(data[node]);
        weight += WEIGHT_OF_CALL;
        break;
      case Op.Primitive:
        reached.add(data[node]);
        weight += WEIGHT_OF_FUNCTION_VALUE;
        break;
      case Op.Apply:
        weight += WEIGHT_OF_APPLY;
        break;
      case Op.Tuple:
        weight += 1 + starts[node + 1] - starts[node];
        break;
    }
  }
  // The primitives are sorted by name, so ascending ids give sorted names.
  const primitives = [...reached].sort((a, b) => a - b).map((id) => vocabulary.qualifiedName(id));
  return { primitives, readsS, readsC, weight };
}

/** The dialect of a program, determined by the qualified names of its primitives. */
export function dialectOf({ primitives }: ProgramFacts): string {
  const point = primitives.length === 0 ? -1 : primitives[0].indexOf('.');
  return point < 0 ? BASE : primitives[0].slice(0, point);
}

/** The dialect whose qualified names have no prefix. */
export const BASE = 'arc-dsl';

export function writeFacts(facts: ProgramFacts, writer: ByteWriter): void {
  const { source } = facts;
  const flags = (facts.readsS ? 1 : 0) | (facts.readsC ? 2 : 0) | (source === undefined ? 0 : 4);
  writer.byte(flags).unsigned(facts.weight);
  writer.unsigned(facts.primitives.length);
  for (const name of facts.primitives) writer.string(name);
  if (source !== undefined) writer.string(source.digest).unsigned(source.bytes);
}

export function readFacts(reader: ByteReader): ProgramFacts {
  const flags = reader.byte();
  const weight = reader.unsigned();
  const primitives: string[] = [];
  for (let left = reader.unsigned(); left > 0; left--) primitives.push(reader.string());
  const facts = { primitives, readsS: (flags & 1) !== 0, readsC: (flags & 2) !== 0, weight };
  if ((flags & 4) === 0) return facts;
  return { ...facts, source: { digest: reader.string(), bytes: reader.unsigned() } };
}

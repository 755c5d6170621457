/** Encodes a task's standing for the store, so that the results of two runs can be compared. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { ByteReader, ByteWriter } from '../../encoding/bytes.js';
import type { Verdict } from '../record/task-result.js';
import type { SolverStanding, Standing } from './standing.js';

const VERDICTS: readonly Verdict[] = ['solved', 'partly', 'unsolved'];

/** Number of stored digits of a body hash: enough to tell that a solver's program changed. */
const BODY_DIGITS = 8;

/** Shorter encodings are not compressed, because that would save nothing. */
const LEAST_PACKED = 256;

/** Equal standings have equal bytes. */
export function encodeStanding({ verdict, samples, best, solvers }: Standing): Uint8Array {
  const all = [...solvers.values()].sort((a, b) => compare(a.file, b.file) || compare(a.name, b.name));
  const writer = new ByteWriter(1024).byte(VERDICTS.indexOf(verdict)).unsigned(samples);
  const first = all.findIndex((one) => one.file === best?.file && one.name === best.name);
  writer.unsigned(first + 1).unsigned(all.length);
  let file = '';
  for (const solver of all) {
    writer
      .string(solver.file === file ? '' : solver.file)
      .string(solver.name)
      .unsigned(solver.score);
    writer.raw(Buffer.from(solver.body.slice(0, BODY_DIGITS), 'hex'));
    file = solver.file;
  }
  const plain = writer.finish();
  if (plain.length < LEAST_PACKED) return new ByteWriter(plain.length + 1).byte(0).raw(plain).finish();
  return new ByteWriter(plain.length).byte(1).raw(deflateRawSync(plain)).finish();
}

/** Null if the bytes are no standing. */
export function decodeStanding(bytes: Uint8Array): Standing | null {
  try {
    const rest = bytes.subarray(1);
    const reader = new ByteReader(bytes[0] === 1 ? inflateRawSync(rest) : rest);
    const verdict = VERDICTS[reader.byte()];
    const samples = reader.unsigned();
    const first = reader.unsigned() - 1;
    let file = '';
    const all = Array.from({ length: reader.unsigned() }, (): SolverStanding => {
      file = reader.string() || file;
      const place = { file, name: reader.string(), score: reader.unsigned() };
      return { ...place, body: Buffer.from(reader.raw(BODY_DIGITS / 2)).toString('hex') };
    });
    if (verdict === undefined) return null;
    const solvers = new Map(all.map((solver) => [`${solver.file}\n${solver.name}`, solver]));
    const { name, score } = all[first] ?? {};
    const best =
      first < 0 || name === undefined || score === undefined ? null : { file: all[first].file, name, score };
    return { verdict, samples, best, solvers };
  } catch (error) {
    if (error instanceof RangeError || (error as NodeJS.ErrnoException).code?.startsWith('Z_')) return null;
    throw error;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

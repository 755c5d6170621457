/** A workspace with everything that could make results depend on their environment. */
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { STORE_FILE } from '../../src/store/database.js';
import { decodePack } from '../../src/store/pack.js';
import { verifyChecksum } from '../../src/store/payload-checksum.js';
import { writeFiles } from '../build/rig.js';

/** File names with letters whose order and case depend on the locale, which must not matter. */
const FILES = ['i', 'I', '\u0131', '\u0130', 'z', '\u00e4', 'A', '_', '10', '9', '\u4e2d', '\u{1f600}'];

const BODIES = [
  'vmirror(I)',
  'hmirror(I)',
  'rot180(I)',
  'replace(I, 1, 2)',
  'first(I)',
  'upscale(I, 40)',
  'last(first(S))',
  'paint(I, merge(sfilter(objects(I, T, F, T), rbind(bordering, I))))',
  'canvas(multiply(9007199254740991, 2), UNITY)',
  'power(vmirror, 3)(I)',
];

const DIFFERS = `def equal_cells(S, I, C):
    wanted = asobject(C)
    right = intersection(wanted, asobject(I))
    return astuple(divide(multiply(1000, size(right)), size(wanted)), size(right))

def fails(S, I, C):
    return first(I)
`;

function taskText(k: number): string {
  const grid = (height: number, width: number) =>
    Array.from({ length: height }, (_, i) =>
      Array.from({ length: width }, (_, j) => (i * 7 + j * 3 + k) % 10),
    );
  const turned = (rows: number[][]) => rows.map((row) => row.toReversed());
  const sample = (height: number, width: number) => {
    const input = grid(height, width);
    return { input, output: k % 3 === 0 ? turned(input) : input.toReversed() };
  };
  return JSON.stringify({ train: [sample(2, 3), sample(3, 3)], test: [sample(4, 2)] });
}

/** The files of the workspace except its config, by path. */
export function inputFiles(): Record<string, string> {
  const files: Record<string, string> = { 'differs/all.py': DIFFERS };
  for (let k = 0; k < 6; k++) files[`tasks/task${k}.json`] = taskText(k);
  FILES.forEach((name, k) => {
    const functions = BODIES.map((body, n) => {
      const id = `solve_task${(k + n) % 6}_${String(k * 100 + n).padStart(8, '0')}`;
      const [callee, argument] = body.startsWith('power') ? ['x', 'I'] : ['', ''];
      const text =
        callee === '' ? `    return ${body}\n` : `    x = power(vmirror, 3)\n    return x(${argument})\n`;
      return `def ${id}(${body.includes('S') ? 'S, I, C' : 'I'}):\n${text}`;
    });
    files[`solvers/${name}.py`] = functions.join('\n');
  });
  files['solvers/broken.py'] = 'def a(I):\n    return vmiror(I)\ndef b(I):\n    return \u0130(I)\n';
  return files;
}

export function writeInputs(root: string, config: unknown = {}): void {
  writeFiles(root, { ...inputFiles(), 'config/battbuild.json': JSON.stringify(config) });
}

/** Every step of a store, sorted: phase, key and output, without its run and its time. */
export function stepsIn(cache: string): string[] {
  const database = new Sqlite(join(cache, STORE_FILE), { readonly: true });
  try {
    const rows = database.prepare('SELECT phase, shard, payload FROM pack').all() as {
      readonly phase: string;
      readonly shard: string;
      readonly payload: Buffer;
    }[];
    const steps = rows.flatMap(({ phase, shard, payload }) => {
      const bytes = verifyChecksum(payload);
      if (bytes === null) throw new Error('a pack is damaged');
      return decodePack(bytes).entries.map(
        ({ key, value }) =>
          `${phase} ${shard} ${Buffer.from(key, 'latin1').toString('hex')} ${Buffer.from(value).toString('hex')}`,
      );
    });
    return [...new Set(steps)].sort();
  } finally {
    database.close();
  }
}

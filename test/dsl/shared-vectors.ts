/** Paths of the golden vectors: the project's own, and the vectors that several projects share. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** The shared folder: named by BATTBUILD_SHARED, else beside the project. */
export const SHARED = process.env['BATTBUILD_SHARED'] ?? join(PROJECT, '..', 'shared');

/** The project's own vectors. */
export const OWN_VECTORS = join(PROJECT, 'test', 'fixtures', 'vectors');

export interface VectorFile {
  readonly primitive: string;
  readonly text: () => string;
}

/** The vector files of a folder, by name; none if the folder does not exist. */
export function vectorFiles(folder: string): readonly VectorFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .map((name) => ({
      primitive: name.slice(0, -'.jsonl'.length),
      text: () => readFileSync(join(folder, name), 'utf8'),
    }));
}

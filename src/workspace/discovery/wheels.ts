/** The wheels that a workspace offers to programs in Python, and what names their content. */
import { basename } from 'node:path';
import { newSha256, sha256 } from '../../encoding/digest.js';
import { FileProblem, type FileSystem } from '../file-system.js';
import { compareNames, type NamedPath } from '../paths.js';
import { discoverWheels, type InputRoot, type NotSearched } from './discover.js';

export interface Wheels {
  /** Sorted by the names of the files, without their folders. */
  readonly files: readonly NamedPath[];
  /** Of names and contents, hexadecimal; null where none is offered. */
  readonly digest: string | null;
}

/** A wheel as an interpreter gets it. */
export interface Wheel {
  readonly name: string;
  readonly content: Uint8Array;
}

const NO_WHEELS: Wheels = { files: [], digest: null };

/** Finds the wheels below these roots. Of one that cannot be read, the digest says that. */
export function wheelsIn(
  roots: readonly InputRoot[],
  excluded: () => NotSearched,
  fileSystem: FileSystem,
): Wheels {
  if (roots.length === 0) return NO_WHEELS;
  const found = discoverWheels(fileSystem, roots, excluded()).files;
  const files = found.toSorted((a, b) => compareNames(basename(a.path), basename(b.path)));
  if (files.length === 0) return NO_WHEELS;
  const digest = newSha256();
  for (const { path } of files) {
    addWheel(digest, basename(path), fileSystem.read(path));
  }
  return { files, digest: digest.digest('hex') };
}

/** The wheels, as they were when they were found; null if one has changed since. */
export function readWheels({ files, digest }: Wheels, fileSystem: FileSystem): readonly Wheel[] | null {
  if (digest === null) return [];
  const wheels: Wheel[] = [];
  const now = newSha256();
  for (const { path } of files) {
    const content = fileSystem.read(path);
    const name = basename(path);
    addWheel(now, name, content);
    wheels.push({ name, content: content instanceof FileProblem ? new Uint8Array() : content });
  }
  return now.digest('hex') === digest ? wheels : null;
}

/** Adds a wheel to the digest of all. */
function addWheel(
  digest: ReturnType<typeof newSha256>,
  name: string,
  content: Uint8Array | FileProblem,
): void {
  digest.update(`${name}\0`);
  digest.update(content instanceof FileProblem ? `${content.code}\0` : sha256(content));
}

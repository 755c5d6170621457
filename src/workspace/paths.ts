/** Names of paths: for display, for sorting, and for staying inside a folder. */
import { isAbsolute, relative, resolve, sep } from 'node:path';

/** An input file, or a folder or file to search for inputs. */
export interface NamedPath {
  /** Absolute. */
  readonly path: string;
  /**
   * As displayed and recorded, with `/` between folders. It is relative to the workspace, so that no name depends on
   * the machine or the current folder; only an absolute path outside the workspace stays absolute.
   */
  readonly name: string;
}

/** The named path of `text`, relative to the folder `base`, in the workspace at `root`. */
export function namePath(root: string, base: string, text: string): NamedPath {
  const path = resolve(base, text);
  const inside = relative(root, path);
  const outside = inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside);
  if (outside && isAbsolute(text)) return { path, name: withSlashes(path) };
  return { path, name: inside === '' ? '.' : withSlashes(inside) };
}

function withSlashes(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

const SURROGATE = /[\ud800-\udfff]/;

/** Sorts in place by name, in the order of code points. */
export function sortByName<Path extends NamedPath>(paths: Path[]): Path[] {
  // The built-in order is by UTF-16 units: the same, and much faster, unless a name has characters beyond U+FFFF.
  if (paths.some(({ name }) => SURROGATE.test(name)))
    return paths.sort((a, b) => compareNames(a.name, b.name));
  return paths.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Compares by code points: negative, zero or positive. */
export function compareNames(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let k = 0; k < length; k++) {
    const x = a.charCodeAt(k);
    const y = b.charCodeAt(k);
    if (x === y) continue;
    // A surrogate stands for a code point higher than every other unit.
    const xBeyond = x >= 0xd800 && x <= 0xdfff;
    const yBeyond = y >= 0xd800 && y <= 0xdfff;
    return xBeyond === yBeyond ? x - y : xBeyond ? 1 : -1;
  }
  return a.length - b.length;
}

/** A relative path of the usual characters, none of whose parts begins with a dot. */
const PLAIN = /^\w[\w.-]*(?:\/\w[\w.-]*)*$/;

/**
 * The absolute path of `name` below the folder `root` (absolute, normal). Null if the name leads out of it, is the folder
 * itself or is no valid file name. For names that come from inputs.
 */
export function insideOf(root: string, name: string): string | null {
  // A build that publishes asks this for thousands of files.
  if (PLAIN.test(name) && sep === '/' && root !== '/') return `${root}/${name}`;
  if (name === '' || name.includes('\0') || isAbsolute(name)) return null;
  const parts = name.split(/[/\\]/);
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return null;
  return resolve(root, ...parts);
}

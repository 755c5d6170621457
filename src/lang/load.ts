/** Loads solver files: bytes in, functions with their canonical programs and diagnostics out. */

import { arcLanguage, type Language, languageNamed, languages } from './language.js';
import { dialectMark, mixture, undecided, unknownDialect } from './language-choice.js';
import type { LoadedFile } from './loaded.js';
import { Loader } from './module/loader.js';
import type { UnknownName } from './module/scope.js';

export type { LoadedFile, LoadedFunction, Parameters } from './loaded.js';

/** Buffers beyond this size are not reused for the next file. */
const LARGEST_KEPT = 1 << 20;

const loaders = new WeakMap<Language, Loader>();

/**
 * Loads a solver file. Time and memory are linear in its length, however deeply it nests. Functions with an error are
 * missing from the result, and the error is among the diagnostics; `file` is the file name in them. If no language is
 * given, the file determines it: by a comment, or by the names that it uses.
 */
export function loadSource(bytes: Uint8Array, file: string, language?: Language): LoadedFile {
  return language === undefined ? loadFile(bytes, file, BY_FILE) : loadIn(language, bytes, file).loaded;
}

/** Instead of the name of a dialect: the names that a file uses determine it. */
export const BY_FILE = 'by-file';

/** The same, with a dialect for files that do not name theirs in a comment. */
export function loadFile(bytes: Uint8Array, file: string, dialect: string): LoadedFile {
  const mark = dialectMark(bytes);
  if (mark !== null) {
    const named = languageNamed(mark.name);
    if (named === undefined) return { functions: [], diagnostics: [unknownDialect(mark, bytes, file)] };
    return loadIn(named, bytes, file).loaded;
  }
  const configured = languageNamed(dialect);
  if (configured !== undefined) return loadIn(configured, bytes, file).loaded;
  const inBase = loadIn(arcLanguage, bytes, file);
  for (const other of languages) {
    const theirs = inBase.unknownNames.find(({ text }) => other.has(text));
    if (other === arcLanguage || theirs === undefined) continue;
    // A name that only one language has determines the language. If the file then uses a name that only the base
    // language has, it mixes two languages.
    const inOther = loadIn(other, bytes, file);
    const ours = inOther.unknownNames.find(({ text }) => arcLanguage.has(text));
    if (ours === undefined) return inOther.loaded;
    return { functions: [], diagnostics: [mixture(ours, theirs, other, bytes, file)] };
  }
  const note = undecided(inBase.loaded.functions, file);
  if (note === null) return inBase.loaded;
  return { ...inBase.loaded, diagnostics: [...inBase.loaded.diagnostics, note] };
}

interface LoadedIn {
  readonly loaded: LoadedFile;
  readonly unknownNames: readonly UnknownName[];
}

function loadIn(language: Language, bytes: Uint8Array, file: string): LoadedIn {
  let loader = loaders.get(language);
  if (loader === undefined) {
    loader = new Loader(language);
    loaders.set(language, loader);
  }
  const loaded = loader.load(bytes, file);
  const { unknownNames } = loader;
  if (bytes.length > LARGEST_KEPT) loaders.delete(language);
  return { loaded, unknownNames };
}

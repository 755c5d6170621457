/** Loads solver files: bytes in, functions with their canonical programs and diagnostics out. */
import { mixture, saidDialect, unknownDialect } from './choice.js';
import { arcLanguage, type Language, languageNamed, languages } from './language.js';
import type { LoadedFile } from './loaded.js';
import { Loader } from './module/loader.js';
import type { UnknownName } from './module/scope.js';

export type { LoadedFile, LoadedFunction, Parameters } from './loaded.js';

/** What a file needs beyond this is not kept for the next one. */
const LARGEST_KEPT = 1 << 20;

const loaders = new WeakMap<Language, Loader>();

/**
 * Loads a solver file. Time and memory are linear in its length, however it nests. Functions with an error are missing
 * from the result, and the error is among its diagnostics; `file` is the name that they show. Where no language is
 * given, the file says it: by a comment, or else by the names that it uses.
 */
export function loadSource(bytes: Uint8Array, file: string, language?: Language): LoadedFile {
  return language === undefined ? loadFile(bytes, file, BY_FILE) : loadIn(language, bytes, file).loaded;
}

/** In place of the name of a dialect: the names that a file uses say it. */
export const BY_FILE = 'by-file';

/** The same with the dialect of files that do not say theirs in a comment. */
export function loadFile(bytes: Uint8Array, file: string, dialect: string): LoadedFile {
  const said = saidDialect(bytes);
  if (said !== null) {
    const named = languageNamed(said.name);
    if (named === undefined) return { functions: [], diagnostics: [unknownDialect(said, bytes, file)] };
    return loadIn(named, bytes, file).loaded;
  }
  const configured = languageNamed(dialect);
  if (configured !== undefined) return loadIn(configured, bytes, file).loaded;
  const inBase = loadIn(arcLanguage, bytes, file);
  for (const other of languages) {
    const theirs = inBase.unknownNames.find(({ text }) => hasName(other, text));
    if (other === arcLanguage || theirs === undefined) continue;
    // What one language knows alone says which it is; if the other one then misses a name of the base, it is a mixture.
    const inOther = loadIn(other, bytes, file);
    const ours = inOther.unknownNames.find(({ text }) => hasName(arcLanguage, text));
    if (ours === undefined) return inOther.loaded;
    return { functions: [], diagnostics: [mixture(ours, theirs, other, bytes, file)] };
  }
  return inBase.loaded;
}

function hasName(language: Language, name: string): boolean {
  return language.idOf(name) !== undefined || language.constants.has(name);
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

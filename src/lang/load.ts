/** Loads solver files: bytes in, functions with their canonical programs and diagnostics out. */
import { arcLanguage, type Language } from './language.js';
import type { LoadedFile } from './loaded.js';
import { Loader } from './module/loader.js';

export type { LoadedFile, LoadedFunction, Parameters } from './loaded.js';

/** What a file needs beyond this is not kept for the next one. */
const LARGEST_KEPT = 1 << 20;

const loaders = new WeakMap<Language, Loader>();

/**
 * Loads a solver file. Time and memory are linear in its length, however it nests. Functions with an error are missing
 * from the result, and the error is among its diagnostics; `file` is the name that they show.
 */
export function loadSource(bytes: Uint8Array, file: string, language: Language = arcLanguage): LoadedFile {
  let loader = loaders.get(language);
  if (loader === undefined) {
    loader = new Loader(language);
    loaders.set(language, loader);
  }
  const loaded = loader.load(bytes, file);
  if (bytes.length > LARGEST_KEPT) loaders.delete(language);
  return loaded;
}

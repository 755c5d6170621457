/** A small language for tests of the loader: a few real primitives of every arity. */
import { constants } from '../../src/dsl/constants.js';
import { Language } from '../../src/lang/language.js';
import { type LoadedFile, type LoadedFunction, loadSource } from '../../src/lang/load.js';

const SIGNATURES: Readonly<Record<string, readonly string[]>> = {
  add: ['a', 'b'],
  astuple: ['a', 'b'],
  branch: ['condition', 'a', 'b'],
  canvas: ['value', 'dimensions'],
  chain: ['h', 'g', 'f'],
  compose: ['outer', 'inner'],
  fill: ['grid', 'value', 'patch'],
  hmirror: ['piece'],
  identity: ['x'],
  increment: ['x'],
  objects: ['grid', 'univalued', 'diagonal', 'without_bg'],
  rbind: ['function', 'fixed'],
  replace: ['grid', 'replacee', 'replacer'],
  vmirror: ['piece'],
};

export const smallLanguage = new Language(
  Object.entries(SIGNATURES).map(([name, parameters]) => ({
    name,
    parameters: parameters.map((parameter) => ({ name: parameter })),
  })),
  constants,
);

const encoder = new TextEncoder();

export function load(source: string | Uint8Array, language: Language = smallLanguage): LoadedFile {
  return loadSource(typeof source === 'string' ? encoder.encode(source) : source, 'a.py', language);
}

/** The only function of a source without diagnostics. */
export function loadOne(source: string | Uint8Array, language: Language = smallLanguage): LoadedFunction {
  const { functions, diagnostics } = load(source, language);
  if (diagnostics.length > 0)
    throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join('; '));
  if (functions.length !== 1) throw new Error(`${functions.length} functions`);
  return functions[0];
}

/** The body hash of the function with these lines. */
export function bodyOf(...lines: readonly string[]): string {
  return loadOne(solver(...lines)).body;
}

/** The text of a function with these lines. */
export function solver(...lines: readonly string[]): string {
  return ['def solve(I):', ...lines.map((line) => `    ${line}`), ''].join('\n');
}

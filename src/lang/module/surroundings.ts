/** The meanings of a function's free names, once the whole file has been surveyed. */

import { languages } from '../language.js';
import type { Graph } from '../program/node-graph.js';
import { closest } from '../suggest.js';
import { quoted } from '../syntax/quote.js';
import type { Symbols } from '../syntax/symbols.js';
import { builtinHint } from './builtins.js';
import type { Definition, Module } from './module.js';
import { POISON } from './poison.js';
import type { OuterValue, Surroundings } from './scope.js';

/** At most this many names are candidates for "did you mean": a file may have a million. */
const MOST_CANDIDATES = 2000;

const NO_NODES = new Int32Array(0);
const BROKEN: OuterValue = { node: POISON, isConstant: false, nodes: NO_NODES };

export class FileSurroundings implements Surroundings {
  /** The function whose surroundings these are; null at the top level, where only constants are known. */
  function: Definition | null = null;

  constructor(
    private readonly symbols: Symbols,
    private readonly graph: Graph,
    private readonly module: Module,
  ) {}

  of(definition: Definition | null): this {
    this.function = definition;
    return this;
  }

  lookUp(name: number): Definition | OuterValue | null {
    const { function: within, module } = this;
    if (within !== null) {
      const found = definitionFor(within, name, module);
      if (found instanceof Object && 'owner' in found) {
        return { node: this.captured(found.owner, name), isConstant: false, nodes: NO_NODES };
      }
      if (found !== null) return found;
    }
    const constant = module.constants.get(name);
    if (constant !== undefined) return { ...constant, isConstant: true };
    return module.unusable.get(name)?.why === 'error' ? BROKEN : null;
  }

  /** The node of a variable of an outer function. */
  captured(owner: Definition, name: number): number {
    const within = this.function!;
    within.captured ??= [];
    const { captured, parameters } = within;
    let index = captured.findIndex((one) => one.owner === owner && one.name === name);
    if (index < 0) index = captured.push({ owner, name }) - 1;
    return this.graph.parameter(parameters.length + index);
  }

  explain(name: number, locals: Iterable<string>): { message: string; hint: string | null } {
    const { names } = this.symbols;
    const text = names.text(name);
    const unknown = `the name ${quoted(text)} is unknown`;
    const unusable = this.module.unusable.get(name);
    if (unusable?.why === 'no literal') {
      const hint =
        'a constant of the file is an integer, True, False, None, another constant, or a tuple of those';
      return { message: `${unknown}: what line ${unusable.line} assigns to it is no literal`, hint };
    }
    const instead = builtinHint(text, this.symbols.language);
    if (instead !== null) return { message: unknown, hint: instead };
    const { language } = this.symbols;
    const other = languages.includes(language) ? languages.find((one) => one.has(text)) : undefined;
    if (other !== undefined) {
      return { message: unknown, hint: `it is a name of ${other.name}, and the file is in ${language.name}` };
    }
    const meant = closest(text, this.known(locals));
    if (meant !== null) return { message: unknown, hint: `did you mean ${quoted(meant)}?` };
    if (unusable?.why === 'imported') {
      const hint = `imports are ignored (line ${unusable.line}): put the function into this file`;
      return { message: unknown, hint };
    }
    return { message: unknown, hint: null };
  }

  private *known(locals: Iterable<string>): Generator<string> {
    const { names, language } = this.symbols;
    let left = MOST_CANDIDATES;
    for (const name of locals) if (left-- > 0) yield name;
    for (const name of this.module.functions.keys()) if (left-- > 0) yield names.text(name);
    for (const name of this.module.constants.keys()) if (left-- > 0) yield names.text(name);
    yield* language.constants.keys();
    for (const { name } of language.primitives) yield name;
  }
}

/**
 * The definition of a free name among functions: a function of the file, or the outer function whose variable it is.
 */
export function definitionFor(
  within: Definition,
  name: number,
  module: Module,
): Definition | { readonly owner: Definition } | null {
  for (let around = within.parent; around !== null; around = around.parent) {
    const sibling = around.nested?.get(name);
    if (sibling !== undefined) return sibling;
    if (around.locals.has(name)) return { owner: around };
  }
  return module.functions.get(name) ?? null;
}

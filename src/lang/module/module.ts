/** The definitions of a solver file: its functions, its constants, and names that are defined but cannot be used. */

import { NO_SYMBOL, type Symbols } from '../syntax/symbols.js';
import { POISON } from './poison.js';

/** A variable of an outer function that a nested function reads. */
export interface Captured {
  readonly owner: Definition;
  readonly name: number;
}

/** A name that a function uses but does not define. */
export interface Mention {
  readonly name: number;
  readonly offset: number;
  /** Whether it is called. */
  readonly called: boolean;
}

const NO_MENTIONS: readonly Mention[] = [];
const NO_NAMES: ReadonlySet<number> = new Set();

/** A function of the file, at the top level or nested in another one. */
export class Definition {
  /** Name ids. Empty if the parameter list has an error. */
  parameters: readonly number[] = [];
  /** Where its body begins, after the colon of its header, and on which line; -1 if the header has an error. */
  bodyAt = -1;
  bodyLine = 0;
  /** Whether its header has an error, or something else that the language does not have in a function. */
  broken = false;
  /** The returned node; POISON while unknown, or after an error. */
  result: number = POISON;
  /** Start and end of its source lines in the loader's output. */
  linesStart = 0;
  linesEnd = 0;
  mentions: readonly Mention[] = NO_MENTIONS;
  /** The variables of outer functions that it reads; they follow its parameters. */
  captured: Captured[] | null = null;
  /** Its variables, parameters and nested functions; only known if it has nested functions. */
  locals: ReadonlySet<number> = NO_NAMES;
  /** Its nested functions by name; null if there are none. */
  nested: Map<number, Definition> | null = null;
  /** Its nested functions by the offset of their `def`, including those without a unique name. */
  within: Map<number, Definition> | null = null;
  /** Whether another function calls it. */
  isCalled = false;

  constructor(
    /** Its index within the file. */
    readonly index: number,
    readonly name: number,
    readonly parent: Definition | null,
    /** Of its `def`. */
    readonly offset: number,
    readonly line: number,
    /** Indentation of its `def`. */
    readonly indent: number,
  ) {}

  get depth(): number {
    let depth = 0;
    for (let around = this.parent; around !== null; around = around.parent) depth++;
    return depth;
  }
}

/** A constant of the file: its node, and all nodes that it consists of. */
export interface ModuleConstant {
  readonly node: number;
  readonly nodes: Int32Array;
}

/** Why a name of the top level cannot be used. */
export interface Unusable {
  /** `error`: its definition has an error, which has been reported. */
  readonly why: 'no literal' | 'imported' | 'error';
  readonly line: number;
}

/** Another name for a function or a primitive: `solve_x = vmirror`. */
export interface Alias {
  readonly name: number;
  readonly target: number;
  readonly line: number;
}

export class Module {
  /** All functions, in the order in which they were found. */
  readonly definitions: Definition[] = [];
  /** The functions of the top level. */
  readonly functions = new Map<number, Definition>();
  readonly constants = new Map<number, ModuleConstant>();
  readonly unusable = new Map<number, Unusable>();
  readonly aliases: Alias[] = [];

  clear(): void {
    this.definitions.length = 0;
    this.functions.clear();
    this.constants.clear();
    this.unusable.clear();
    this.aliases.length = 0;
  }

  /** The functions of the top level, or those nested in a function, by name. */
  functionsIn(parent: Definition | null): Map<number, Definition> {
    if (parent === null) return this.functions;
    parent.nested ??= new Map();
    return parent.nested;
  }

  /** `offset`, `line` and `indent` are those of its `def`. */
  define(name: number, parent: Definition | null, offset: number, line: number, indent: number): Definition {
    const definition = new Definition(this.definitions.length, name, parent, offset, line, indent);
    this.definitions.push(definition);
    return definition;
  }

  setConstant(name: number, constant: ModuleConstant): void {
    this.constants.set(name, constant);
    this.unusable.delete(name);
  }

  setUnusable(name: number, unusable: Unusable): void {
    this.constants.delete(name);
    this.unusable.set(name, unusable);
  }

  /** Names of the language that this file defines anew. */
  redefined({ size, primitiveOf, constantOf }: Symbols): ReadonlySet<number> {
    const redefined = new Set<number>();
    const add = (name: number): void => {
      if (name < size && (primitiveOf[name] !== NO_SYMBOL || constantOf[name] !== NO_SYMBOL))
        redefined.add(name);
    };
    for (const name of this.functions.keys()) add(name);
    for (const name of this.constants.keys()) add(name);
    for (const [name, { why }] of this.unusable) if (why !== 'imported') add(name);
    return redefined;
  }
}

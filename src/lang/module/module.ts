/** What a solver file defines: its functions, the constants of the module, and names that stand for nothing here. */

import { NO_SYMBOL, type Symbols } from '../syntax/symbols.js';
import { POISON } from './poison.js';

/** A variable of a function, read by a function within it. */
export interface Captured {
  readonly owner: Definition;
  readonly name: number;
}

/** A name that a function uses and does not define. */
export interface Mention {
  readonly name: number;
  readonly offset: number;
  /** Whether it is called. */
  readonly called: boolean;
}

const NO_MENTIONS: readonly Mention[] = [];
const NO_NAMES: ReadonlySet<number> = new Set();

/** A function of the file, at its top level or within another one. */
export class Definition {
  /** Name ids; a file that has no parameter list for it has an error. */
  parameters: readonly number[] = [];
  /** Where its body begins, behind the colon of its header, and on which line; -1 where the header has an error. */
  bodyAt = -1;
  bodyLine = 0;
  /** Whether its header has an error, or something that makes it no function of the language. */
  broken = false;
  /** The node that it returns; POISON while it is not known, or when it has an error. */
  result: number = POISON;
  /** Where the lines of its nodes begin and end in the loader's output. */
  linesStart = 0;
  linesEnd = 0;
  mentions: readonly Mention[] = NO_MENTIONS;
  /** The variables of functions around it that it reads: they follow its parameters. */
  captured: Captured[] | null = null;
  /** Its variables and parameters, and the functions in it; known when it has functions in it. */
  locals: ReadonlySet<number> = NO_NAMES;
  /** The functions in it, by name; null if there are none. */
  nested: Map<number, Definition> | null = null;
  /** The same by the offsets of their `def`s, those without a name of their own among them. */
  within: Map<number, Definition> | null = null;
  /** Whether another function calls it. */
  isCalled = false;

  constructor(
    /** Its number within the file. */
    readonly index: number,
    readonly name: number,
    readonly parent: Definition | null,
    /** Of its `def`. */
    readonly offset: number,
    readonly line: number,
    /** How far its `def` is indented. */
    readonly indent: number,
  ) {}

  get depth(): number {
    let depth = 0;
    for (let around = this.parent; around !== null; around = around.parent) depth++;
    return depth;
  }
}

/** A constant of the module: its node, and all nodes that it is made of. */
export interface ModuleConstant {
  readonly node: number;
  readonly nodes: Int32Array;
}

/** Why a name of the top level stands for nothing. */
export interface Unusable {
  /** `error`: what would define it has been reported. */
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

  /** The functions of the top level, or those in a function, by name. */
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

  /** Names of the language that have another meaning in this file. */
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

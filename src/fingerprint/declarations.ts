/** The top-level declarations of compiled modules, and their references to each other. */
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type AnyNode, type Program as Module, type Pattern, parse } from 'acorn';

/** A top-level declaration: its text, and its references to other top-level declarations. */
export interface Declaration {
  readonly module: string;
  readonly name: string;
  readonly text: string;
  /** Ids (`module#name`) of the declarations that the text refers to. */
  readonly mentions: readonly string[];
}

/** A definition of a primitive, anywhere in a module. */
export interface PrimitiveCall {
  /** The qualified name. */
  readonly name: string;
  /** Null if it has the signature of the primitive that it adopts. */
  readonly signature: string | null;
  /** The qualified name of the primitive that it adopts. */
  readonly adopts: string | null;
  readonly text: string;
  readonly mentions: readonly string[];
}

export interface ModuleFacts {
  /** The project's own modules that it imports. */
  readonly imports: readonly string[];
  readonly declarations: readonly Declaration[];
  readonly primitives: readonly PrimitiveCall[];
}

/**
 * Reads the modules `entries` and all modules that they import. Names of modules are relative to `folder`, with `/`.
 * Other files in the folder (bundles, leftovers of earlier compilations) are not read. Throws if a module is missing.
 */
export function readModules(folder: string, entries: readonly string[]): Map<string, ModuleFacts> {
  const modules = new Map<string, ModuleFacts>();
  const waiting = [...entries];
  for (let module = waiting.pop(); module !== undefined; module = waiting.pop()) {
    if (modules.has(module)) continue;
    const facts = readModule(folder, module);
    modules.set(module, facts);
    waiting.push(...facts.imports);
  }
  return modules;
}

function readModule(folder: string, module: string): ModuleFacts {
  const source = readFileSync(join(folder, module), 'utf8');
  const tree = parse(source, { ecmaVersion: 'latest', sourceType: 'module' });
  const imports = importsOf(tree, folder, module);
  const scope = scopeOf(tree, module);
  const declarations: Declaration[] = [];
  const primitives: PrimitiveCall[] = [];
  const initial = initialization(tree, source, scope, module);
  if (initial !== null) declarations.push(initial);
  for (const statement of tree.body) {
    const declared = 'declaration' in statement && statement.declaration ? statement.declaration : statement;
    for (const [name, node] of declaredIn(declared as AnyNode)) {
      const text = source.slice(node.start, node.end);
      declarations.push({
        module,
        name,
        text,
        mentions: [...mentionsIn(node, scope, name), ...(initial ? [idOf(initial)] : [])],
      });
    }
    collectPrimitives(declared as AnyNode, source, scope, primitives);
  }
  return { imports, declarations, primitives };
}

export function idOf(declaration: Declaration): string {
  return `${declaration.module}#${declaration.name}`;
}

/**
 * What a module does when it is loaded, as one declaration that all of its others refer to; null if it does nothing.
 */
function initialization(
  tree: Module,
  source: string,
  scope: ReadonlyMap<string, string>,
  module: string,
): Declaration | null {
  const statements = tree.body.filter(
    (statement) => !/^(Import|Export)/.test(statement.type) && declaredIn(statement as AnyNode).length === 0,
  );
  if (statements.length === 0) return null;
  const text = statements.map((statement) => source.slice(statement.start, statement.end)).join('\n');
  const mentions = statements.flatMap((statement) => mentionsIn(statement as AnyNode, scope, ''));
  return { module, name: '*', text, mentions };
}

function importsOf(tree: Module, folder: string, module: string): string[] {
  return tree.body.flatMap((statement) => {
    const target = statement.type === 'ImportDeclaration' ? targetOf(module, statement.source.value) : null;
    if (target === null) return [];
    if (!existsSync(join(folder, target)))
      throw new Error(`${module} imports ${target}, which does not exist`);
    return [target];
  });
}

/** The project's own module that `from` means in `module`; null for any other module. */
function targetOf(module: string, from: unknown): string | null {
  return String(from).startsWith('.') ? posix.join(posix.dirname(module), String(from)) : null;
}

/**
 * Top-level names of the module, both its own and those imported from other modules of the project: name to
 * declaration id.
 */
function scopeOf(tree: Module, module: string): Map<string, string> {
  const scope = new Map<string, string>();
  for (const statement of tree.body) {
    if (statement.type === 'ImportDeclaration') {
      const target = targetOf(module, statement.source.value);
      if (target === null) continue;
      for (const specifier of statement.specifiers) {
        if (specifier.type !== 'ImportSpecifier')
          throw new Error(`${module}: only named imports can be followed`);
        const imported = specifier.imported;
        const name = imported.type === 'Identifier' ? imported.name : imported.value;
        scope.set(specifier.local.name, `${target}#${name}`);
      }
    } else {
      const declared =
        'declaration' in statement && statement.declaration ? statement.declaration : statement;
      for (const [name] of declaredIn(declared as AnyNode)) scope.set(name, `${module}#${name}`);
    }
  }
  return scope;
}

function declaredIn(node: AnyNode): [string, AnyNode][] {
  if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration')
    return node.id === null ? [] : [[node.id.name, node]];
  if (node.type !== 'VariableDeclaration') return [];
  return node.declarations.flatMap((declarator) =>
    boundBy(declarator.id).map((name): [string, AnyNode] => [name, declarator]),
  );
}

/** The names that a pattern binds. */
function boundBy(pattern: Pattern): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        boundBy(property.type === 'RestElement' ? property.argument : property.value),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element === null ? [] : boundBy(element)));
    case 'AssignmentPattern':
      return boundBy(pattern.left);
    case 'RestElement':
      return boundBy(pattern.argument);
    default:
      throw new Error('a top-level declaration binds something that is no name');
  }
}

/** Every identifier that may be a reference. Shadowing is ignored: extra references can only invalidate too much. */
function mentionsIn(node: AnyNode, scope: ReadonlyMap<string, string>, own: string): string[] {
  const found = new Set<string>();
  walk(node, (child) => {
    if (child.type !== 'Identifier' || child.name === own) return;
    const id = scope.get(child.name);
    if (id !== undefined) found.add(id);
  });
  return [...found].sort();
}

/** The functions that define primitives, and which of their arguments are name and signature. */
const DEFINERS = [
  { id: 'dsl/primitive.js#primitive', name: 1, signature: 2, prefix: '', adopts: false },
  { id: 'dsl/tokpidjin/define.js#define', name: 1, signature: 2, prefix: 'tokpidjin.', adopts: false },
  { id: 'dsl/tokpidjin/define.js#adopt', name: 0, signature: 2, prefix: 'tokpidjin.', adopts: true },
] as const;

function collectPrimitives(
  node: AnyNode,
  source: string,
  scope: ReadonlyMap<string, string>,
  primitives: PrimitiveCall[],
): void {
  walk(node, (child) => {
    if (child.type !== 'CallExpression' || child.callee.type !== 'Identifier') return;
    const callee = scope.get(child.callee.name);
    const definer = DEFINERS.find(({ id }) => callee?.endsWith(id));
    if (definer === undefined) return;
    const name = child.arguments[definer.name];
    const signature = child.arguments[definer.signature];
    if (
      name?.type !== 'Literal' ||
      (signature?.type !== 'Literal' && !(definer.adopts && signature === undefined))
    ) {
      throw new Error('a primitive is defined with a name or a signature that is no literal');
    }
    primitives.push({
      name: definer.prefix + String(name.value),
      signature: signature === undefined ? null : String(signature.value),
      adopts: definer.adopts ? String(name.value) : null,
      text: source.slice(child.start, child.end),
      mentions: mentionsIn(child, scope, ''),
    });
  });
}

function walk(node: AnyNode, visit: (node: AnyNode) => void): void {
  visit(node);
  for (const [key, child] of Object.entries(node)) {
    // Property names are no references.
    if (key === 'property' && node.type === 'MemberExpression' && !node.computed) continue;
    if (key === 'key' && node.type === 'Property' && !node.computed && !node.shorthand) continue;
    for (const one of Array.isArray(child) ? child : [child]) {
      if (one !== null && typeof one === 'object' && typeof (one as AnyNode).type === 'string')
        walk(one as AnyNode, visit);
    }
  }
}

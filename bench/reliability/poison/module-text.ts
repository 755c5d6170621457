/**
 * Random modules that use all of the grammar: constants, helpers with any number of parameters that call each other
 * (sometimes in cycles), nested functions, and everything that the loader skips.
 */
import type { Random } from '../../workspace/random.js';

const LITERALS = [
  '0',
  '-1',
  '3',
  '0x1F',
  '1_000',
  'True',
  'None',
  '()',
  '(1, -2)',
  'TWO',
  '(T, (UP, 0b11))',
  '9007199254740991',
];

/** Primitives of one and of two arguments. */
const ONE = [
  'identity',
  'hmirror',
  'rot90',
  'size',
  'first',
  'initset',
  'dedupe',
  'invert',
  'double',
  'merge',
  'palette',
];
const TWO = [
  'add',
  'astuple',
  'combine',
  'hconcat',
  'repeat',
  'compose',
  'rbind',
  'power',
  'apply',
  'equality',
  'product',
];

const ANNOTATIONS = [
  'Grid',
  "'Grid'",
  'Tuple[int, ...]',
  'dict[str, (int, 3)]',
  'a.b | None',
  'Callable[[int], "x"]',
];

/** Lines of the top level besides functions and constants. */
const PASSED_OVER = [
  'from dsl import *\n',
  'from a.b import (\n    c as d,\n    e,\n)\n',
  'import os; import sys\n',
  'try:\n    from dsl import *\nexcept ImportError:\n    pass\n',
  'if TYPE_CHECKING:\n    import typing\n',
  '"""Text."""\n',
  '# text\n',
  'Grid = Tuple[Tuple[int]]\n',
  'sys.path.append("..")\n',
  'a, b = 1, 2\n',
  'x: int\n',
];

/** Lines that are errors there. */
const NOT_PASSED_OVER = [
  '@cache\n',
  'class A:\n    def f(self): return self\n',
  '```python\n',
  'Here is the solver:\n',
];

interface Helper {
  readonly name: string;
  readonly parameters: readonly string[];
}

class ModuleText {
  private readonly helpers: readonly Helper[];
  private readonly constants: readonly string[];

  constructor(private readonly random: Random) {
    this.helpers = Array.from({ length: 1 + random.below(5) }, (_, k) => ({
      name: random.chance(0.05) ? random.pick(ONE) : `h${k}`,
      parameters: Array.from({ length: random.below(5) }, (_, j) => (random.chance(0.05) ? 'size' : `p${j}`)),
    }));
    this.constants = Array.from({ length: random.below(4) }, (_, k) =>
      random.chance(0.1) ? random.pick(['ZERO', 'T', 'add']) : `K${k}`,
    );
  }

  text(): string {
    const { random } = this;
    const parts = this.constants.map((name) => `${name}${this.annotation(0.1)} = ${random.pick(LITERALS)}\n`);
    this.helpers.forEach((helper, k) => {
      // Usually earlier ones, which gives no cycles.
      const callable = random.chance(0.02) ? this.helpers : this.helpers.slice(0, k);
      parts.push(this.function(helper.name, helper.parameters, callable, 0));
    });
    const solvers = 1 + random.below(2);
    for (let k = 0; k < solvers; k++) {
      const parameters = random.chance(0.2) ? ['S', 'grid', 'C'] : [random.pick(['I', 'grid', 'i'])];
      parts.push(this.function(`solve_${random.hex()}`, parameters, this.helpers, 0));
    }
    const before = Array.from({ length: random.below(3) }, () =>
      random.pick(random.chance(0.05) ? NOT_PASSED_OVER : PASSED_OVER),
    );
    if (random.chance(0.2)) random.shuffle(parts);
    const after = random.chance(0.3) ? 'if __name__ == "__main__":\n    main()\n' : '';
    return [...before, ...parts].join('') + after;
  }

  private function(
    name: string,
    parameters: readonly string[],
    callable: readonly Helper[],
    depth: number,
  ): string {
    const { random } = this;
    const indent = '    '.repeat(depth);
    const list = parameters.map((parameter) => parameter + this.annotation(0.2)).join(', ');
    const returns = random.chance(0.2) ? ` -> ${random.pick(ANNOTATIONS)}` : '';
    const head = `${indent}def ${name}(${list}${random.chance(0.1) && list !== '' ? ',' : ''})${returns}:`;
    const known = [...parameters, ...this.constants, random.chance(0.02) ? 'I' : '3'];
    if (random.chance(0.15)) return `${head} return ${this.expression(known, callable, 2)}\n`;
    const inner: Helper[] = [];
    const lines: string[] = random.chance(0.1) ? ['"""Text."""'] : [];
    let text = `${head}\n`;
    const flush = (): void => {
      const separator = random.chance(0.2) ? '; ' : `\n${indent}    `;
      if (lines.length > 0) text += `${indent}    ${lines.splice(0).join(separator)}\n`;
    };
    const steps = random.below(6);
    for (let k = 0; k < steps; k++) {
      if (depth < 3 && random.chance(0.12)) {
        flush();
        const nested = { name: `n${depth}${k}`, parameters: ['q', 'r'].slice(0, random.below(3)) };
        text += this.function(nested.name, nested.parameters, [...callable, ...inner], depth + 1);
        inner.push(nested);
        continue;
      }
      const target = `x${random.below(4)}`;
      const chained = random.chance(0.1) ? `${target} = y` : target + this.annotation(0.1);
      const value = this.expression(known, [...callable, ...inner], 3);
      lines.push(
        random.chance(0.05) ? 'pass' : `${chained} =${random.chance(0.05) ? ' \\\n ' : ''} ${value}`,
      );
      known.push(target);
    }
    lines.push(`return ${this.expression(known, [...callable, ...inner], 3)}`);
    flush();
    return text;
  }

  private expression(known: readonly string[], callable: readonly Helper[], depth: number): string {
    const { random } = this;
    const argument = (): string => this.expression(known, callable, depth - 1);
    if (depth === 0 || random.chance(0.2)) return random.pick(random.chance(0.8) ? known : LITERALS);
    switch (random.below(8)) {
      case 0:
        return `${random.pick(ONE)}(${argument()})`;
      case 1:
        return `${random.pick(TWO)}(${argument()}, ${argument()})`;
      case 2:
        return `(${argument()}, ${argument()})`;
      case 3:
        return `${random.pick(['rbind', 'lbind', 'compose'])}(${random.pick(TWO)}, ${argument()})(${argument()})`;
      case 4:
        return `${random.pick(random.chance(0.02) ? known : ONE)}(${argument()})`;
      default: {
        if (callable.length === 0) return random.pick(known);
        const { name, parameters } = random.pick(callable);
        const keyed = random.below(parameters.length + 1);
        const values = parameters.map((parameter, k) => (k >= keyed ? `${parameter}=` : '') + argument());
        return `${name}(${values.join(random.chance(0.1) ? ',\n' : ', ')})`;
      }
    }
  }

  private annotation(probability: number): string {
    return this.random.chance(probability) ? `: ${this.random.pick(ANNOTATIONS)}` : '';
  }
}

export function hostileModule(random: Random): string {
  return new ModuleText(random).text();
}

/** Helpers that each call the previous one twice: their inlined size doubles, with or without their cost. */
export function doublingModule(random: Random): string {
  const levels = 1 + random.below(60);
  const twice = random.pick(['add(f(x), f(x))', 'f(f(x))', 'f((x, x))', 'astuple(f(x), f(f(x)))']);
  const functions = Array.from(
    { length: levels },
    (_, k) => `def f${k + 1}(x): return ${twice.replaceAll('f(', `f${k}(`)}\n`,
  );
  return `def f0(x): return increment(x)\n${functions.join('')}def solve(I): return f${levels}(${random.pick(['I', '1'])})\n`;
}

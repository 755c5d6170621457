/**
 * Solver programs by what they compute, with many ways to write each. Two programs are equal exactly if their steps
 * are equal, so this is known without the code under test.
 */

/** A parameter, an earlier step by index, an integer, or text in the language. */
type Argument = 'I' | 'S' | 'C' | { readonly step: number } | number | { readonly text: string };

export interface Step {
  readonly primitive: string;
  readonly given: readonly Argument[];
}

export interface Program {
  readonly steps: readonly Step[];
}

export function identityOf(program: Program): string {
  return JSON.stringify(program.steps);
}

export function reads({ steps }: Program, parameter: 'S' | 'C'): boolean {
  return steps.some(({ given }) => given.includes(parameter));
}

const MIRRORS = ['hmirror', 'vmirror', 'rot90', 'rot180', 'rot270', 'dmirror', 'cmirror'];

function chain(...calls: [string, ...(Argument | '$')[]][]): Program {
  const steps = calls.map(([primitive, ...given], k) => ({
    primitive,
    given: given.map((one): Argument => (one === '$' ? { step: k - 1 } : one)),
  }));
  return { steps };
}

/** Kinds of programs, each with two numbers: grids, all kinds of failures, and programs that read `S`. */
const KINDS: readonly ((a: number, b: number) => Program)[] = [
  (a, b) => chain(['replace', 'I', a % 4, (a + 1 + (b % 3)) % 4]),
  (a) => chain([MIRRORS[a % MIRRORS.length], 'I']),
  (a, b) => chain([MIRRORS[b % MIRRORS.length], 'I'], ['replace', '$', a % 4, 5]),
  (a, b) => ({
    steps: [
      { primitive: 'ofcolor', given: ['I', a % 4] },
      { primitive: 'fill', given: ['I', b % 4, { step: 0 }] },
    ],
  }),
  // Large factors give no valid ARC grid, and exceed the small budgets.
  (a) => chain(['upscale', 'I', 1 + (a % 16)]),
  // Reads the demonstration outputs.
  (a) => chain([a % 2 === 0 ? 'first' : 'last', 'S'], ['last', '$']),
  (a) => chain(['first', 'S'], ['last', '$'], ['shape', '$'], ['canvas', a % 3, '$']),
  // No grid.
  (a) => chain(['colorcount', 'I', a % 4]),
  // Fails where the colour is missing.
  (a) => chain(['ofcolor', 'I', a % 6], ['subgrid', '$', 'I']),
  // Over every budget.
  (a) => chain(['canvas', a % 2, { text: '(30000, 30000)' }]),
];

/** Kinds of differs: close and far, by the demonstrations, and differs that give no score. */
const DIFFER_KINDS: readonly ((a: number) => Program)[] = [
  (a) => chain(['equality', 'I', 'C'], ['branch', '$', 1000, 100 * (a % 4)], ['astuple', '$', 0]),
  (a) => ({
    steps: [
      { primitive: 'colorcount', given: ['I', a % 4] },
      { primitive: 'colorcount', given: ['C', a % 4] },
      { primitive: 'multiply', given: [{ step: 0 }, { step: 1 }] },
      { primitive: 'astuple', given: [{ step: 2 }, 'I'] },
    ],
  }),
  (a) => chain(['size', 'S'], ['multiply', '$', 1 + (a % 3)], ['astuple', '$', 'C']),
  // Fails where the colour is missing.
  (a) => chain(['ofcolor', 'I', a % 4], ['subgrid', '$', 'C'], ['size', '$'], ['astuple', '$', 1]),
  // No tuple with a score.
  () => chain(['height', 'I']),
];

export function differOf(kind: number, a: number): Program {
  return DIFFER_KINDS[kind % DIFFER_KINDS.length](a);
}

export function programOf(kind: number, a: number, b: number): Program {
  return KINDS[kind % KINDS.length](a, b);
}

/** The style in which a program is written; it does not affect the program. */
export interface Style {
  readonly variable: string;
  readonly namedConstants: boolean;
  readonly nested: boolean;
  readonly comment: string | null;
  readonly deadStatement: boolean;
  readonly unusedParameters: boolean;
}

export function styleOf(number: number): Style {
  const bit = (k: number) => ((number >> k) & 1) === 1;
  return {
    variable: ['x', 'grid', 'y_', 'O'][number % 4],
    namedConstants: bit(2),
    nested: bit(3),
    comment: bit(4) ? `remark ${number}` : null,
    deadStatement: bit(5),
    unusedParameters: bit(6),
  };
}

const CONSTANTS = ['ZERO', 'ONE', 'TWO', 'THREE', 'FOUR', 'FIVE'];

/** The text of a function, ending in a line break. */
export function write(name: string, program: Program, style: Style): string {
  const parameters = reads(program, 'S') || reads(program, 'C') || style.unusedParameters ? 'S, I, C' : 'I';
  const expressions: string[] = [];
  const lines: string[] = [];
  if (style.comment !== null) lines.push(`    # ${style.comment}`);
  program.steps.forEach(({ primitive, given }, k) => {
    const call = `${primitive}(${given.map((one) => writeArgument(one, expressions, style)).join(', ')})`;
    if (style.nested) expressions.push(call);
    else {
      expressions.push(`${style.variable}${k}`);
      lines.push(`    ${style.variable}${k} = ${call}`);
    }
  });
  if (style.deadStatement) lines.push('    unused = hmirror(I)');
  lines.push(`    return ${expressions.at(-1)}`);
  return `def ${name}(${parameters}):\n${lines.join('\n')}\n`;
}

function writeArgument(given: Argument, expressions: readonly string[], style: Style): string {
  if (typeof given === 'string') return given;
  if (typeof given === 'number') return (style.namedConstants && CONSTANTS[given]) || String(given);
  return 'text' in given ? given.text : expressions[given.step];
}

/** Hostile solvers, one function each, with their outcomes on a grid of three by three. */

export interface Poison {
  /** What it attempts. */
  readonly what: string;
  /** The lines of its body. */
  readonly lines: readonly string[];
  /** The status of its cells, or the code of its diagnostic. */
  readonly ends: string;
}

/** x -> the set of x(x): applied to itself, it calls itself endlessly. */
const SELF = 'fork(rapply, initset, identity)';

const doubled = (times: number, start: string, step: (x: string) => string): string[] => [
  `x0 = ${start}`,
  ...Array.from({ length: times }, (_, k) => `x${k + 1} = ${step(`x${k}`)}`),
  `return x${times}`,
];

const one = (what: string, expression: string, ends: string): Poison => ({
  what,
  lines: [`return ${expression}`],
  ends,
});

export const POISON: readonly Poison[] = [
  one('a function applied to itself', `rapply(initset(${SELF}), ${SELF})`, 'over-budget'),
  { what: 'a call of itself', lines: [`x = ${SELF}`, 'return x(x)'], ends: 'over-budget' },
  {
    what: 'a thousand million repetitions',
    lines: ['x = power(identity, 1000000000)', 'return x(I)'],
    ends: 'over-budget',
  },
  {
    what: 'repetitions of repetitions',
    lines: [...doubled(40, 'vmirror', (x) => `power(${x}, 1000)`).slice(0, -1), 'return x40(I)'],
    ends: 'over-budget',
  },
  one('a grid larger than memory', 'upscale(I, 9007199254740991)', 'over-budget'),
  one('a canvas larger than memory', 'canvas(0, (4294967296, 4294967296))', 'over-budget'),
  one('a tuple longer than memory', 'repeat(I, 9007199254740991)', 'over-budget'),
  one('an interval without end', 'interval(0, 9007199254740991, 1)', 'over-budget'),
  one('a line to the horizon', 'connect(ORIGIN, (9007199254740991, 9007199254740991))', 'over-budget'),
  one('a box around the world', 'box(insert((1000000000, 1000000000), asindices(I)))', 'over-budget'),
  {
    what: 'pairs of pairs',
    lines: doubled(9, 'asindices(I)', (x) => `product(${x}, ${x})`),
    ends: 'over-budget',
  },
  { what: 'doubling for ever', lines: doubled(200, 'I', (x) => `hconcat(${x}, ${x})`), ends: 'over-budget' },
  { what: 'an unseen doubling', lines: doubled(200, 'I', (x) => `astuple(${x}, ${x})`), ends: 'over-budget' },
  { what: 'sets of sets of sets', lines: doubled(600, 'I', (x) => `initset(${x})`), ends: 'over-budget' },
  {
    what: 'an integer past 2^53',
    lines: ['return canvas(double(9007199254740991), UNITY)'],
    ends: 'over-budget',
  },
  {
    what: 'squares of squares',
    lines: doubled(60, 'THREE', (x) => `multiply(${x}, ${x})`),
    ends: 'over-budget',
  },
  one('a literal past 2^53', 'canvas(9007199254740992, UNITY)', 'LANG022'),
  one('a set of functions', `insert(${SELF}, insert(identity, initset(vmirror)))`, 'not-a-grid'),
  one('a function as a colour', 'canvas(vmirror, UNITY)', 'not-a-grid'),
  one('a division by nothing', 'canvas(divide(ONE, ZERO), UNITY)', 'error'),
  one('ten thousand calls in one', `${'vmirror('.repeat(10_000)}I${')'.repeat(10_000)}`, 'ok'),
  one('ten thousand tuples in one', `${'('.repeat(10_000)}I${',)'.repeat(10_000)}`, 'over-budget'),
  one('ten thousand open parentheses', '('.repeat(10_000), 'LANG004'),
  one('ten thousand minus signs', `canvas(${'-'.repeat(10_000)}1, UNITY)`, 'LANG006'),
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'eval', '__import__'].map((name) =>
    one(`the name ${name}`, `${name}(I)`, 'LANG012'),
  ),
  ...['__proto__', 'constructor', 'toString', 'then'].map(
    (name): Poison => ({
      what: `a variable named ${name}`,
      lines: [`${name} = vmirror(I)`, `return ${name}`],
      ends: 'ok',
    }),
  ),
  one('a keyword named __proto__', 'vmirror(__proto__=I)', 'LANG016'),
  one('an import', '__import__("os").system("touch pwned")', 'LANG006'),
  one('an escape sequence', 'vmirror(\u001b[31mI)', 'LANG002'),
  one('a sequence that names the window', 'vmirror("\u001b]0;pwned\u0007")', 'LANG006'),
  one('a line turned around', 'vmirror(\u202eI)', 'LANG002'),
  one('a character that ends texts', 'vmirror(I\0)', 'LANG002'),
  one('markup', '<script>alert(1)</script>', 'LANG006'),
];

/** The hostile program as a function of a solver file. */
export function textOf({ lines }: Poison, name: string): string {
  return [`def ${name}(I):`, ...lines.map((line) => `    ${line}`), ''].join('\n');
}

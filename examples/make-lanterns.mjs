// Writes solvers/lanterns/: 149 functions that are 32 programs, each program in up to ten spellings.
// One file a spelling; a function's number is that of its program. `node examples/make-lanterns.mjs`
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A program: one flat call a line; the last line is the result. Wrong ones are near misses and mutants. */
const programs = [
  // right
  'a = objects(I, T, F, T); f = fork(difference, backdrop, box); b = mapply(f, a); O = fill(I, FOUR, b)',
  'a = objects(I, T, F, T); f = fork(difference, toindices, box); b = mapply(f, a); O = fill(I, FOUR, b)',
  'a = objects(I, T, F, T); f = fork(difference, backdrop, box); b = mapply(f, a); c = recolor(FOUR, b); O = paint(I, c)',
  'a = objects(I, T, F, T); f = fork(difference, backdrop, box); g = lbind(recolor, FOUR); h = compose(g, f); b = mapply(h, a); O = paint(I, b)',
  'a = objects(I, T, F, T); f = fork(difference, backdrop, box); b = apply(f, a); c = merge(b); O = fill(I, FOUR, c)',
  'a = objects(I, T, F, T); b = merge(a); f = fork(recolor, color, box); c = mapply(f, a); d = fill(I, FOUR, b); O = paint(d, c)',
  'a = objects(I, T, F, T); b = mapply(backdrop, a); f = fork(recolor, color, box); c = mapply(f, a); d = fill(I, FOUR, b); O = paint(d, c)',
  'a = objects(I, T, F, T); b = mapply(backdrop, a); c = mapply(box, a); d = difference(b, c); O = fill(I, FOUR, d)',
  'm = hmirror(I); a = objects(m, T, F, T); f = fork(difference, backdrop, box); b = mapply(f, a); c = fill(m, FOUR, b); O = hmirror(c)',
  'a = objects(I, T, F, T); b = mapply(toindices, a); c = mapply(box, a); d = difference(b, c); O = fill(I, FOUR, d)',
  'a = objects(I, T, F, T); p = rbind(greater, TWO); q = chain(p, minimum, shape); b = sfilter(a, q); f = compose(backdrop, inbox); c = mapply(f, b); O = fill(I, FOUR, c)',
  'm = rot90(I); a = objects(m, T, F, T); f = fork(difference, backdrop, box); b = mapply(f, a); c = fill(m, FOUR, b); O = rot270(c)',
  'a = objects(I, T, F, T); b = order(a, size); f = fork(difference, backdrop, box); c = mapply(f, b); O = fill(I, FOUR, c)',
  // blocks that touch at a corner are one
  'a = objects(I, T, T, T); f = fork(difference, backdrop, box); b = mapply(f, a); O = fill(I, FOUR, b)',
  'a = objects(I, T, T, T); f = fork(difference, backdrop, box); b = mapply(f, a); c = recolor(FOUR, b); O = paint(I, c)',
  'a = objects(I, T, T, T); f = fork(difference, backdrop, box); b = apply(f, a); c = merge(b); O = fill(I, FOUR, c)',
  'a = objects(I, T, T, T); f = fork(difference, toindices, box); b = mapply(f, a); O = fill(I, FOUR, b)',
  'a = objects(I, T, T, T); f = fork(difference, toindices, box); b = mapply(f, a); c = recolor(FOUR, b); O = paint(I, c)',
  // blocks that touch along an edge are one
  'a = objects(I, F, F, T); f = fork(difference, backdrop, box); b = mapply(f, a); O = fill(I, FOUR, b)',
  'a = objects(I, F, F, T); f = fork(difference, backdrop, box); b = mapply(f, a); c = recolor(FOUR, b); O = paint(I, c)',
  'a = objects(I, F, T, T); f = fork(difference, backdrop, box); b = mapply(f, a); O = fill(I, FOUR, b)',
  // blocks of one colour are one
  'a = fgpartition(I); f = fork(difference, backdrop, box); b = mapply(f, a); O = fill(I, FOUR, b)',
  'a = fgpartition(I); f = fork(difference, backdrop, box); b = mapply(f, a); c = recolor(FOUR, b); O = paint(I, c)',
  // a ring instead of the whole inside
  'a = objects(I, T, F, T); b = mapply(inbox, a); O = fill(I, FOUR, b)',
  'a = objects(I, T, F, T); b = mapply(inbox, a); c = recolor(FOUR, b); O = paint(I, c)',
  'a = objects(I, T, F, T); b = apply(inbox, a); c = merge(b); O = fill(I, FOUR, c)',
  // a block of two rows or columns has no inside, but its inbox turns inside out
  'a = objects(I, T, F, T); f = compose(backdrop, inbox); b = mapply(f, a); O = fill(I, FOUR, b)',
  'a = objects(I, T, F, T); f = compose(backdrop, inbox); b = mapply(f, a); c = recolor(FOUR, b); O = paint(I, c)',
  // the outline, nothing at all (there is no background inside), another colour
  'a = objects(I, T, F, T); b = mapply(box, a); O = fill(I, FOUR, b)',
  'a = objects(I, T, F, T); f = fork(difference, backdrop, box); b = mapply(f, a); O = underfill(I, FOUR, b)',
  'a = objects(I, T, F, T); f = fork(difference, toindices, box); b = mapply(f, a); O = underfill(I, FOUR, b)',
  'a = objects(I, T, F, T); f = fork(difference, backdrop, box); b = mapply(f, a); O = fill(I, THREE, b)',
].map(parse);

/** How many spellings each program gets: 10, 7, 6, 5, 4, 3, 2, 1, then 9, 7, ... 1 three times. */
const spellingsOf = (program) => (program === 0 ? 10 : [9, 7, 6, 5, 4, 3, 2, 1][program % 8]);

const words = ['blocks', 'part', 'inside', 'lamp', 'glow', 'wick', 'glass', 'light'];
const letters = ['u', 'v', 'w', 'p', 'q', 'r', 's', 't'];

const spellings = [
  { name: 'plain', says: 'Flat lines, x1, x2, ... and the constants of the language.' },
  { name: 'literals', says: 'Literals for the constants.', literals: true },
  { name: 'renamed', says: 'Other names.', names: words },
  { name: 'keywords', says: 'Keyword arguments.', keywords: true },
  { name: 'leftovers', says: 'A line that nothing uses.', leftover: 'trim(I)' },
  { name: 'reordered', says: 'The lines in another order, other names.', names: letters, reordered: true },
  { name: 'nested', says: 'One expression; what is used twice is written twice.', nested: true },
  { name: 'nested_literals', says: 'One expression with literals.', nested: true, literals: true },
  {
    name: 'keywords_literals',
    says: 'Keyword arguments, literals, a line that nothing uses.',
    keywords: true,
    literals: true,
    leftover: 'palette(I)',
  },
  { name: 'nested_keywords', says: 'One expression with keyword arguments.', nested: true, keywords: true },
];

const literals = { T: 'True', F: 'False', TWO: '2', THREE: '3', FOUR: '4' };

const parameters = {
  apply: ['function', 'container'],
  chain: ['h', 'g', 'f'],
  compose: ['outer', 'inner'],
  difference: ['a', 'b'],
  fgpartition: ['grid'],
  fill: ['grid', 'value', 'patch'],
  fork: ['outer', 'a', 'b'],
  hmirror: ['piece'],
  lbind: ['function', 'fixed'],
  mapply: ['function', 'container'],
  merge: ['containers'],
  objects: ['grid', 'univalued', 'diagonal', 'without_bg'],
  order: ['container', 'compfunc'],
  paint: ['grid', 'obj'],
  rbind: ['function', 'fixed'],
  recolor: ['value', 'patch'],
  rot90: ['grid'],
  rot270: ['grid'],
  sfilter: ['container', 'condition'],
  underfill: ['grid', 'value', 'patch'],
};

function parse(text) {
  return text.split('; ').map((line) => {
    const [, name, callee, args] = /^(\w+) = (\w+)\((.*)\)$/.exec(line);
    return { name, callee, args: args.split(', ') };
  });
}

/** The lines again, each as late as its uses allow and the last of two free ones first. */
function reorder(lines) {
  const rest = [...lines];
  const done = [];
  while (rest.length > 0) {
    const ready = rest.findLastIndex((line) => !rest.some((other) => line.args.includes(other.name)));
    done.push(...rest.splice(ready, 1));
  }
  return done;
}

/** The body of one function: the program in this spelling. */
function spell(program, { names, literals: asLiterals, keywords, leftover, reordered, nested }) {
  const lines = reordered ? reorder(program) : program;
  const value = new Map(); // of a name of the program: what stands for it
  const call = ({ callee, args }) => {
    const spelled = args.map((arg) => value.get(arg) ?? (asLiterals && literals[arg]) ?? arg);
    const given = keywords ? spelled.map((arg, k) => `${parameters[callee][k]}=${arg}`).reverse() : spelled;
    return `${callee}(${given.join(', ')})`;
  };
  const body = leftover ? [`unused = ${leftover}`] : [];
  lines.forEach((line, k) => {
    const last = k === lines.length - 1;
    value.set(line.name, nested ? call(line) : last ? 'O' : (names?.[k] ?? `x${k + 1}`));
    if (!nested) body.push(`${value.get(line.name)} = ${call(line)}`);
  });
  return [...body, `return ${value.get('O')}`];
}

const folder = fileURLToPath(new URL('solvers/lanterns/', import.meta.url));
mkdirSync(folder, { recursive: true });
spellings.forEach((spelling, k) => {
  const functions = programs.flatMap((program, n) => {
    if (spellingsOf(n) <= k) return [];
    const name = `${spelling.name}_${String(n + 1).padStart(2, '0')}`;
    return [
      `def ${name}(I):\n${spell(program, spelling)
        .map((line) => `    ${line}\n`)
        .join('')}`,
    ];
  });
  const head = `# lanterns: the inside of every block lights up in colour 4. ${spelling.says}\n# Written by make-lanterns.mjs.\n`;
  writeFileSync(`${folder}${spelling.name}.py`, [head, ...functions].join('\n\n'));
});

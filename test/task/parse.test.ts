import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Grid } from '../../src/dsl/value/value.js';
import { parseTaskFile } from '../../src/task/parse.js';
import { largestSide } from '../../src/task/task.js';

const encoder = new TextEncoder();

function file(name: string, content: unknown): { name: string; bytes: Uint8Array } {
  return { name, bytes: encoder.encode(typeof content === 'string' ? content : JSON.stringify(content)) };
}

function parse(content: unknown, name = 'tasks/t1.json') {
  return parseTaskFile(file(name, content), null);
}

function rowsOf(grid: Grid): number[][] {
  return Array.from({ length: grid.height }, (_, i) => [
    ...grid.cells.subarray(i * grid.width, (i + 1) * grid.width),
  ]);
}

const SAMPLE = { input: [[1, 2]], output: [[3], [4]] };
const TASK = { train: [SAMPLE], test: [{ input: [[5]] }] };

/** A task with the grid of the second demo sample's input replaced. */
function withGrid(grid: unknown): unknown {
  return { ...TASK, train: [SAMPLE, { input: grid, output: [[0]] }] };
}

describe('a single task', () => {
  it('takes its id from the name of its file', () => {
    const { tasks, diagnostics } = parse(TASK, 'some/folder/00d62c1b.json');
    expect(diagnostics).toEqual([]);
    expect(tasks.map(({ id, files }) => [id, ...files])).toEqual([['00d62c1b', 'some/folder/00d62c1b.json']]);
  });

  it('has the grids of its file, and no output where the file hides it', () => {
    const [task] = parse(TASK).tasks;
    expect(rowsOf(task.train[0].input)).toEqual([[1, 2]]);
    expect(rowsOf(task.train[0].output as Grid)).toEqual([[3], [4]]);
    expect(rowsOf(task.test[0].input)).toEqual([[5]]);
    expect(task.test[0].output).toBeNull();
  });

  it('may hold other keys, such as a name', () => {
    const { tasks, diagnostics } = parse({ ...TASK, name: 'x', train: [{ ...SAMPLE, note: ['"'] }] });
    expect(diagnostics).toEqual([]);
    expect(tasks).toHaveLength(1);
  });

  it('may begin with a byte order mark and use any spaces', () => {
    const { tasks, diagnostics } = parse(`\ufeff\r\n${JSON.stringify(TASK, null, '\t')}\n`);
    expect(diagnostics).toEqual([]);
    expect(tasks).toHaveLength(1);
  });

  it('round-trips every valid task', () => {
    const grid = fc
      .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }))
      .chain(([height, width]) =>
        fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: width, maxLength: width }), {
          minLength: height,
          maxLength: height,
        }),
      );
    const sample = fc.record({ input: grid, output: grid });
    const samples = fc.array(sample, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.record({ train: samples, test: samples }), (content) => {
        const { tasks, diagnostics } = parse(content);
        expect(diagnostics).toEqual([]);
        const rows = (list: (typeof tasks)[number]['train']) =>
          list.map(({ input, output }) => ({ input: rowsOf(input), output: rowsOf(output as Grid) }));
        expect({ train: rows(tasks[0].train), test: rows(tasks[0].test) }).toEqual(content);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a task that cannot be used', () => {
  it.each([
    ['TASK001', 'is not JSON', '{"train": [}'],
    ['TASK002', 'has neither train nor test', {}],
    ['TASK002', 'has no train', { test: TASK.test }],
    ['TASK002', 'has no test', { train: TASK.train }],
    ['TASK002', 'has a sample without input', { ...TASK, test: [{ output: [[1]] }] }],
    ['TASK002', 'has a demo sample without output', { ...TASK, train: [{ input: [[1]] }] }],
    ['TASK009', 'is an empty list', []],
    ['TASK003', 'is a list of numbers', [1, 2]],
    ['TASK002', 'is a list with a sample without output', [SAMPLE, { input: [[1]] }]],
    [
      'TASK002',
      'has null for the output of a demo sample',
      { ...TASK, train: [{ ...SAMPLE, output: null }] },
    ],
    ['TASK003', 'is null', null],
    ['TASK003', 'has a train that is an object', { ...TASK, train: {} }],
    ['TASK003', 'has a sample that is a list', { ...TASK, test: [[]] }],
    ['TASK003', 'has a grid that is a number', withGrid(1)],
    ['TASK003', 'has a row that is a number', withGrid([1])],
    ['TASK003', 'has a later row that is null', withGrid([[1], null])],
    ['TASK004', 'has rows of different lengths', withGrid([[1, 2], [1]])],
    ['TASK005', 'has a grid without rows', withGrid([])],
    ['TASK005', 'has a row without cells', withGrid([[]])],
    ['TASK015', 'has 257 rows', withGrid(Array(257).fill([1]))],
    ['TASK015', 'has 257 columns', withGrid([Array(257).fill(1)])],
    ['TASK007', 'has a colour 10', withGrid([[1, 10]])],
    ['TASK007', 'has a colour -1', withGrid([[-1]])],
    ['TASK007', 'has a colour 1.5', withGrid([[1.5]])],
    ['TASK007', 'has a colour that is a string', withGrid([['1']])],
    ['TASK007', 'has a colour that is true', withGrid([[true]])],
    ['TASK007', 'has a colour that is null', withGrid([[null]])],
    ['TASK007', 'has a colour that is an object', withGrid([[{ valueOf: 1, toString: 2 }]])],
    ['TASK008', 'says train twice', '{"train": [], "test": [], "train": []}'],
    ['TASK009', 'has no demo samples', { ...TASK, train: [] }],
    ['TASK009', 'has no test samples', { ...TASK, test: [] }],
  ])('%s: one that %s', (code, _, content) => {
    const { tasks, rejected, diagnostics } = parse(content);
    expect(tasks).toEqual([]);
    expect(rejected).toEqual(['t1']);
    expect(diagnostics.map((found) => found.code)).toContain(code);
    expect(
      diagnostics.every(({ severity, file: name }) => severity === 'error' && name === 'tasks/t1.json'),
    ).toBe(true);
  });

  it('is not UTF-8', () => {
    const { diagnostics } = parseTaskFile({ name: 't1.json', bytes: Uint8Array.of(0x7b, 0xff, 0x7d) }, null);
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['TASK001', 'the file is not UTF-8 text'],
    ]);
  });

  it('repeats a key of a sample, whatever its value', () => {
    const { tasks, diagnostics } = parse(
      '{"train": [{"input": [[1]],\n"output": [[1]],\n "output": [[2]]}], "test": [{"input": [[1]]}]}',
    );
    expect(tasks).toEqual([]);
    expect(diagnostics.map(({ code, line, column, message }) => [code, line, column, message])).toEqual([
      ['TASK008', 3, 2, 'task t1: train[0] holds the key "output" twice'],
    ]);
  });

  it('says where a syntax error is', () => {
    const { diagnostics } = parse('{"train": [],\n  "test": [1,]}');
    expect(diagnostics).toEqual([
      {
        code: 'TASK001',
        severity: 'error',
        file: 'tasks/t1.json',
        line: 2,
        column: 14,
        message: 'not JSON: expected a value, but found "]"',
        hint: null,
      },
    ]);
  });

  it('says which cell of which sample is wrong, and its line and column', () => {
    const { diagnostics } = parse(
      '{"train": [{"input": [[1]], "output": [[1, 2],\n [3, 12]]}], "test": [{"input": [[1]]}]}',
    );
    expect(diagnostics).toMatchObject([
      { line: 2, column: 6, message: 'task t1: train[0].output[1][1] is 12, not an integer from 0 to 9' },
    ]);
  });

  it('is told about each bad sample, up to ten', () => {
    const bad = (count: number) =>
      parse({ ...TASK, test: Array(count).fill({ input: [[11]] }) }).diagnostics.map(
        ({ message }) => message,
      );
    expect(bad(3)).toHaveLength(3);
    expect(bad(10)[9]).toBe('task t1: test[9].input[0][0] is 11, not an integer from 0 to 9');
    expect(bad(25)).toHaveLength(10);
    expect(bad(25)[9]).toMatch(/^task t1: test\[9\].* \(and 15 more such findings in this task\)$/);
  });
});

describe('combined challenges', () => {
  const bad = { ...TASK, train: 7 };

  it('hold tasks by id', () => {
    const { tasks, diagnostics } = parse(
      { a: TASK, '00000001': TASK, __proto__x: TASK },
      'x_challenges.json',
    );
    expect(diagnostics).toEqual([]);
    expect(tasks.map(({ id }) => id).sort()).toEqual(['00000001', '__proto__x', 'a']);
  });

  it('may call a task __proto__ or constructor', () => {
    const text = JSON.stringify(TASK);
    const { tasks, diagnostics } = parse(`{"__proto__": ${text}, "constructor": ${text}}`);
    expect(diagnostics).toEqual([]);
    expect(tasks.map(({ id }) => id)).toEqual(['__proto__', 'constructor']);
  });

  it('lose only the bad ones among their tasks', () => {
    const { tasks, rejected, diagnostics } = parse({ a: TASK, b: bad, '': TASK, e: 5, f: TASK });
    expect(tasks.map(({ id }) => id)).toEqual(['a', 'f']);
    expect(rejected).toEqual(['b', 'e']);
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['TASK003', 'task b: train is 7, not a list of samples'],
      ['TASK010', '"" cannot be a task id'],
      ['TASK003', 'task e: is 5, not an object with the keys "train" and "test"'],
    ]);
  });

  it('say where in the file a bad task is', () => {
    const text = JSON.stringify({ a: TASK, b: bad }).replace('"b"', '\n"b"');
    expect(parse(text).diagnostics).toMatchObject([{ line: 2, column: '"b":{"train":'.length + 1 }]);
  });

  it('keep the first of two tasks with one id and name both', () => {
    const other = JSON.stringify({ train: [SAMPLE], test: [{ input: [[9, 9]] }] });
    const { tasks, diagnostics } = parse(`{"a": ${JSON.stringify(TASK)},\n"b": ${other},\n"a": ${other}}`);
    expect(tasks.map(({ id, test }) => [id, rowsOf(test[0].input)])).toEqual([
      ['a', [[5]]],
      ['b', [[9, 9]]],
    ]);
    expect(diagnostics).toMatchObject([
      {
        code: 'TASK011',
        line: 3,
        column: 1,
        message: 'task "a" is twice in this file, with other samples; the first, at line 1, stands',
      },
    ]);
  });

  it('say nothing of a task that is there twice with the same samples, and know what one of them knows', () => {
    const known = { ...TASK, test: [{ input: [[5]], output: [[6]] }] };
    const { tasks, diagnostics } = parse(`{"a": ${JSON.stringify(TASK)}, "a": ${JSON.stringify(known)}}`);
    expect(diagnostics).toEqual([]);
    expect(tasks.map(({ id, test }) => [id, rowsOf(test[0].output as Grid)])).toEqual([['a', [[6]]]]);
  });

  it('may be lists of samples', () => {
    const { tasks, diagnostics } = parse({ a: [SAMPLE, SAMPLE], b: TASK });
    expect(diagnostics).toEqual([]);
    expect(tasks.map(({ id, train, test }) => [id, train.length, test.length])).toEqual([
      ['a', 2, 0],
      ['b', 1, 1],
    ]);
  });

  it('may have any text as their ids', () => {
    const ids = [
      'Tetris (edit)',
      "Pink's view",
      '1, 3, 5',
      '../up',
      'a/b',
      'line\nbreak',
      'x'.repeat(1000),
      '水',
      '*',
    ];
    const { tasks, diagnostics } = parse(Object.fromEntries(ids.map((id) => [id, TASK])));
    expect(diagnostics).toEqual([]);
    expect(tasks.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(parse('{"\\ud800": {"train": [], "test": []}}').diagnostics).toMatchObject([{ code: 'TASK010' }]);
  });

  it('find a repeated key in the middle of many good tasks', () => {
    const tasks = Array.from({ length: 50 }, (_, k) => `"t${k}": ${JSON.stringify(TASK)}`);
    tasks[25] = '"t25": {"train": [], "test": [], "test": []}';
    const { rejected, diagnostics } = parse(`{${tasks.join()}}`);
    expect(rejected).toEqual(['t25']);
    expect(diagnostics.map(({ code }) => code)).toContain('TASK008');
  });
});

describe('a bare list of samples', () => {
  it('is a task of demo samples', () => {
    const { tasks, diagnostics } = parse([SAMPLE, { input: [[5]], output: [[6]] }], 'data/00d62c1b.json');
    expect(diagnostics).toEqual([]);
    expect(tasks.map(({ id, train, test }) => [id, train.length, test.length])).toEqual([['00d62c1b', 2, 0]]);
  });

  it('says which of its samples is wrong, and where', () => {
    const { diagnostics } = parse(
      '[{"input": [[1]], "output": [[1]]},\n {"input": [[1]], "output": [[11]]}]',
    );
    expect(diagnostics).toMatchObject([
      { line: 2, message: 'task t1: sample 1.output[0][0] is 11, not an integer from 0 to 9' },
    ]);
    const twice = '[{"input": [[1]], "output": [[1]], "output": [[2]]}]';
    expect(parse(twice).diagnostics).toMatchObject([{ code: 'TASK008' }]);
  });
});

describe('splits', () => {
  it('hold tasks by id, by the name of the split', () => {
    const { tasks, diagnostics } = parse({
      train: { a: TASK, b: TASK },
      test: { c: [SAMPLE] },
      version: 2,
      x: {},
    });
    expect(diagnostics).toEqual([]);
    expect(tasks.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('may hold a task twice, of which they know what one of them knows', () => {
    const known = { ...TASK, test: [{ input: [[5]], output: [[6]] }] };
    const found = parse({ training: { a: TASK }, evaluation: { a: known } });
    expect(found.diagnostics).toEqual([]);
    expect(found.tasks.map(({ test }) => rowsOf(test[0].output as Grid))).toEqual([[[6]]]);
    const other = { ...TASK, test: [{ input: [[7]] }] };
    const contradicting = parse({ training: { a: TASK }, evaluation: { a: other } });
    expect(contradicting.diagnostics).toMatchObject([{ code: 'TASK011' }]);
    expect(contradicting.tasks.map(({ test }) => rowsOf(test[0].input))).toEqual([[[5]]]);
  });

  it('say where in the file a bad task is', () => {
    const text = '{"training": {"a": {"train": 7,\n "test": 8}}}';
    expect(parse(text).diagnostics).toMatchObject([
      { line: 1, message: 'task a: train is 7, not a list of samples' },
      { line: 2, message: 'task a: test is 8, not a list of samples' },
    ]);
  });

  it('are not seen in tasks that are called train and test', () => {
    const { tasks, diagnostics } = parse({ train: TASK, test: TASK });
    expect(diagnostics).toEqual([]);
    expect(tasks.map(({ id }) => id)).toEqual(['train', 'test']);
  });
});

describe('objects within objects', () => {
  it('are no tasks, however deep they are', () => {
    for (const key of ['train', 'test', 'a']) {
      const { tasks, diagnostics } = parse(`${`{"${key}":`.repeat(10_000)}1${'}'.repeat(10_000)}`);
      expect([tasks.length, diagnostics.length], key).toEqual([0, 1]);
    }
  });
});

describe('an output of null', () => {
  it('is hidden, as one that is missing', () => {
    const { tasks, diagnostics } = parse({ ...TASK, test: [{ input: [[1]], output: null }] });
    expect(diagnostics).toEqual([]);
    expect(tasks[0].test[0].output).toBeNull();
  });
});

describe('further lists of samples', () => {
  const content = { ...TASK, 'arc-gen': [SAMPLE, { input: [[1]] }], other: 'text' };
  const parseWith = (value: unknown, ...further: string[]) =>
    parseTaskFile(file('tasks/t1.json', value), null, further);

  it('are read where they are named, and a task need not have them', () => {
    const named = parseWith(content, 'arc-gen', 'more');
    expect(named.diagnostics).toEqual([]);
    expect(named.tasks[0].further.map(({ kind, samples }) => [kind, samples.length])).toEqual([
      ['arc-gen', 2],
    ]);
    expect(parse(content).tasks[0].further).toEqual([]);
  });

  it('are checked as others are', () => {
    expect(parseWith(content, 'other').diagnostics).toMatchObject([
      { code: 'TASK003', message: 'task t1: other is a string, not a list of samples' },
    ]);
    expect(parseWith({ ...TASK, more: [{ input: [[10]] }] }, 'more').diagnostics).toMatchObject([
      { code: 'TASK007', message: 'task t1: more[0].input[0][0] is 10, not an integer from 0 to 9' },
    ]);
  });
});

describe('a large grid', () => {
  const wide = [Array(34).fill(1)];

  it('is said once a task, as a note, and used', () => {
    const { tasks, diagnostics } = parse({ train: [{ input: wide, output: wide }], test: [{ input: wide }] });
    expect(diagnostics).toMatchObject([
      { code: 'TASK006', severity: 'note', message: 'task t1: train[0].input has 34 columns, more than 30' },
    ]);
    expect(tasks.map(largestSide)).toEqual([34]);
    expect(parse(TASK).tasks.map(largestSide)).toEqual([30]);
  });

  it('of solutions is said where no other is', () => {
    const solve = (task: unknown, output: unknown) =>
      parseTaskFile(file('x_challenges.json', { a: task }), file('x_solutions.json', { a: [output] }));
    expect(solve(TASK, wide).diagnostics).toMatchObject([{ code: 'TASK006', file: 'x_solutions.json' }]);
    const large = { ...TASK, test: [{ input: wide }] };
    expect(solve(large, wide).diagnostics).toMatchObject([{ code: 'TASK006', file: 'x_challenges.json' }]);
  });

  it('has up to 256 rows and columns', () => {
    const largest = Array(256).fill(Array(256).fill(9));
    const { tasks } = parse({ train: [{ input: [[1]], output: largest }], test: [{ input: [[1]] }] });
    expect(rowsOf(tasks[0].train[0].output as Grid)).toEqual(largest);
  });
});

describe('solutions', () => {
  const two = { train: [SAMPLE], test: [{ input: [[1]] }, { input: [[2]] }] };

  function solve(challenges: unknown, solutions: unknown) {
    return parseTaskFile(file('d/x_challenges.json', challenges), file('d/x_solutions.json', solutions));
  }

  function outputs(parsed: ReturnType<typeof solve>) {
    return parsed.tasks.map((task) => task.test.map(({ output }) => output && rowsOf(output)));
  }

  it('give the hidden outputs in the order of the test samples', () => {
    const parsed = solve({ a: two, b: TASK }, { a: [[[6]], [[7, 8]]], b: [[[9]]] });
    expect(parsed.diagnostics).toEqual([]);
    expect(outputs(parsed)).toEqual([[[[6]], [[7, 8]]], [[[9]]]]);
  });

  it('may leave a task out', () => {
    const parsed = solve({ a: two, b: TASK }, { b: [[[9]]] });
    expect(parsed.diagnostics).toEqual([]);
    expect(outputs(parsed)).toEqual([[null, null], [[[9]]]]);
  });

  it.each([
    ['TASK012', 'task a: solution has 1 grids for 2 test samples', { a: [[[6]]], b: [[[9]]] }],
    ['TASK012', 'task a: solution is an object, not a list of grids', { a: {}, b: [[[9]]] }],
  ])('%s: %s; the other tasks keep theirs', (code, message, solutions) => {
    const parsed = solve({ a: two, b: TASK }, solutions);
    expect(parsed.diagnostics).toMatchObject([
      { code, message, severity: 'error', file: 'd/x_solutions.json' },
    ]);
    expect(outputs(parsed)).toEqual([[null, null], [[[9]]]]);
  });

  it('with a bad grid leave that output hidden', () => {
    const parsed = solve({ a: two }, '{\n"a": [[[6]], [[10]]]}');
    expect(parsed.diagnostics).toMatchObject([
      {
        code: 'TASK007',
        file: 'd/x_solutions.json',
        line: 2,
        message: 'task a: solution[1][0][0] is 10, not an integer from 0 to 9',
      },
    ]);
    expect(outputs(parsed)).toEqual([[[[6]], null]]);
  });

  it.each([
    ['not JSON', '{'],
    ['not an object', []],
  ])('that are %s leave every output hidden', (_, solutions) => {
    const parsed = solve({ a: two }, solutions);
    expect(parsed.diagnostics).toMatchObject([{ code: 'TASK012', file: 'd/x_solutions.json' }]);
    expect(outputs(parsed)).toEqual([[null, null]]);
  });

  it('of an unknown task are a warning, of a rejected one nothing', () => {
    const parsed = solve({ a: TASK, b: { ...TASK, train: 7 } }, { a: [[[9]]], b: [[[9]]], z: [] });
    expect(parsed.diagnostics.map(({ code, severity }) => [code, severity])).toEqual([
      ['TASK003', 'error'],
      ['TASK012', 'warning'],
    ]);
  });

  it('that contradict the challenges file are an error, and the latter stands', () => {
    const known = { train: [SAMPLE], test: [{ input: [[1]], output: [[2]] }] };
    expect(solve({ a: known }, { a: [[[2]]] }).diagnostics).toEqual([]);
    const parsed = solve({ a: known }, { a: [[[3]]] });
    expect(parsed.diagnostics).toMatchObject([{ code: 'TASK012', severity: 'error' }]);
    expect(outputs(parsed)).toEqual([[[[2]]]]);
  });
});

/** The dialect of a file, and that programs keep it. */
import { describe, expect, it } from 'vitest';
import { inlineSource } from '../../src/lang/inline.js';
import { arcLanguage, languageNamed, languages } from '../../src/lang/language.js';
import { loadFile, loadSource } from '../../src/lang/load.js';
import { dialectOf, factsOf } from '../../src/lang/program/facts.js';
import { decodeProgram } from '../../src/lang/program/program.js';

function load(text: string, dialect = 'by-file') {
  return loadFile(new TextEncoder().encode(text), 'x.py', dialect);
}

function only(text: string, dialect?: string) {
  const { functions, diagnostics } = load(text, dialect);
  expect(diagnostics).toEqual([]);
  const program = decodeProgram(functions[0].program);
  return { body: functions[0].body, program, dialect: dialectOf(factsOf(program)) };
}

const solver = (expression: string, head = '') => `${head}def solve(S, I, C):\n    return ${expression}\n`;

describe('a file', () => {
  it('is in the dialect whose names it uses, primitives or constants', () => {
    expect(only(solver('mir_rot_t(I, 0)')).dialect).toBe('tokpidjin');
    expect(only(solver('fill(I, RED, asindices(I))')).dialect).toBe('tokpidjin');
    expect(only(solver('hmirror(I)')).dialect).toBe('arc-dsl');
  });

  it('is in the base where all its names are common to both', () => {
    expect(only('def solve(I):\n    return rot90(I)\n').dialect).toBe('arc-dsl');
  });

  it('says it in a comment before its first function, against config and names', () => {
    expect(only(solver('rot90(I)', '# dialect: tokpidjin\n')).dialect).toBe('tokpidjin');
    expect(only(solver('rot90(I)', '# dialect: arc-dsl\n'), 'tokpidjin').dialect).toBe('arc-dsl');
    expect(load(solver('hmirror(I)', '# dialect: tokpidjin\n')).diagnostics).toMatchObject([
      { code: 'LANG012', hint: 'it is a name of arc-dsl, and the file is in tokpidjin' },
    ]);
    expect(load(solver('fill(I, RED, I)'), 'arc-dsl').diagnostics).toMatchObject([
      { code: 'LANG012', hint: 'it is a name of tokpidjin, and the file is in arc-dsl' },
    ]);
  });

  it('is in the configured dialect where it says nothing', () => {
    expect(only(solver('rot90(I)'), 'tokpidjin').dialect).toBe('tokpidjin');
  });

  it('does not say it by a comment within or below a function', () => {
    const text = 'def solve(I):\n    return rot90(I)\n';
    expect(only(`${text}# dialect: tokpidjin\n`).dialect).toBe('arc-dsl');
    expect(only(`${text.replace(')\n', ')  # dialect: tokpidjin\n')}`).dialect).toBe('arc-dsl');
  });

  it('says it on a line of its own, whatever else is said of dialects before', () => {
    const talk = '# No "# dialect: NAME" would do as well.\n';
    expect(only(solver('rot90(I)', `${talk}# dialect: tokpidjin\n`)).dialect).toBe('tokpidjin');
    expect(only(solver('rot90(I)', '# from there\r# dialect: tokpidjin\r')).dialect).toBe('tokpidjin');
    expect(only('def solve(I):\n    return rot90(I)\n', 'by-file').dialect).toBe('arc-dsl');
  });

  it('gets a note where it has the form of the other dialect, and no name tells', () => {
    const { functions, diagnostics } = load(
      `def helper(I):\n    return rot90(I)\n\n\n${solver('helper(rot180(I))')}`,
    );
    expect(functions).toHaveLength(2);
    expect(diagnostics).toMatchObject([{ code: 'LANG031', severity: 'note', line: 5 }]);
    expect(diagnostics[0].message).toContain('"solve"');
    expect(diagnostics[0].hint).toContain('"# dialect: tokpidjin"');
  });

  it.each([
    ['says its dialect', solver('rot90(I)', '# dialect: arc-dsl\n'), 'by-file'],
    ['is in a workspace that says it', solver('rot90(I)'), 'arc-dsl'],
    ['reads the demonstrations', solver('branch(equality(S, ()), I, rot90(I))'), 'by-file'],
    ['is a differ', solver('astuple(size(C), size(I))'), 'by-file'],
    ['uses no primitive', solver('(I, 1)'), 'by-file'],
    [
      'uses a name of one dialect',
      `${solver('rot90(I)')}${solver('hmirror(I)').replace('solve', 'b')}`,
      'by-file',
    ],
  ])('gets none where it %s', (_case, text, dialect) => {
    expect(load(text, dialect).diagnostics).toEqual([]);
  });

  it('with names of both is one error that quotes one of each', () => {
    const { functions, diagnostics } = load(
      'def solve(I):\n    x1 = hmirror(I)\n    return mir_rot_t(x1, R0)\n',
    );
    expect(functions).toEqual([]);
    expect(diagnostics).toMatchObject([{ code: 'LANG030', line: 2, column: 10 }]);
    expect(diagnostics[0].message).toContain('"hmirror" (line 2)');
    expect(diagnostics[0].message).toContain('"mir_rot_t" (line 3)');
  });

  it('that names a dialect which there is not is told which there are', () => {
    const { diagnostics } = load(solver('I', '# dialect: tokpidjn\n'));
    expect(diagnostics).toMatchObject([{ code: 'LANG030', hint: 'did you mean "tokpidjin"?' }]);
  });

  it('may have local variables with names of the other dialect', () => {
    const text = 'def solve(I):\n    palette_t = hmirror(I)\n    return palette_t\n';
    expect(only(text).dialect).toBe('arc-dsl');
  });
});

describe('a program', () => {
  it('is another one in another dialect, unless it uses no primitive', () => {
    const text = solver('rot90(I)');
    expect(only(text, 'tokpidjin').body).not.toBe(only(text, 'arc-dsl').body);
    expect(only(solver('(I, 1)'), 'tokpidjin').body).toBe(only(solver('(I, 1)'), 'arc-dsl').body);
  });

  it.each(languages.map(({ name }) => name))(
    'of %s loads back from its text, every primitive of it',
    (name) => {
      const language = languageNamed(name) ?? arcLanguage;
      for (const primitive of language.primitives) {
        const text = solver(`${primitive.name}(${primitive.parameters.map(() => 'I').join(', ')})`);
        const { body, program } = only(text, name);
        const printed = new TextEncoder().encode(inlineSource(program));
        expect([primitive.name, loadSource(printed, 'x.py').functions[0]?.body]).toEqual([
          primitive.name,
          body,
        ]);
      }
    },
  );

  it('may leave out an optional argument, which is the same as giving identity', () => {
    const short = only(solver('get_nth_by_key_t(I, 0)')).body;
    expect(only(solver('get_nth_by_key_t(I, 0, identity)')).body).toBe(short);
    expect(only(solver('get_nth_by_key_t(rank=0, container=I)')).body).toBe(short);
  });
});

/** Facts about programs, determined without running them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader, ByteWriter } from '../../../src/encoding/bytes.js';
import { factsOf, readFacts, writeFacts } from '../../../src/lang/program/facts.js';
import { decodeProgram, Op } from '../../../src/lang/program/program.js';
import { randomProgram } from '../random-programs.js';
import { loadOne, smallLanguage } from '../small-language.js';

function factsOfSource(source: string) {
  return factsOf(decodeProgram(loadOne(source).program, smallLanguage), smallLanguage);
}

describe('facts', () => {
  it('name the primitives that are called or held as values, sorted, without those of dead lines', () => {
    const source =
      'def a(I):\n    dead = canvas(0, (1, 1))\n    f = compose(vmirror, hmirror)\n    return add(f(I), hmirror(I))\n';
    expect(factsOfSource(source).primitives).toEqual(['add', 'compose', 'hmirror', 'vmirror']);
  });

  it('say whether samples and the further value are read, not whether they are parameters', () => {
    expect(factsOfSource('def a(S, I, C):\n    x = add(S, C)\n    return I\n')).toMatchObject({
      readsS: false,
      readsC: false,
    });
    expect(factsOfSource('def a(S, I, C):\n    return S\n')).toMatchObject({ readsS: true, readsC: false });
    expect(factsOfSource('def a(S, I, C):\n    return C(1)\n')).toMatchObject({
      readsS: false,
      readsC: true,
    });
  });

  it('weigh more with every call, and functions more than plain calls', () => {
    const weight = (body: string): number => factsOfSource(`def a(I):\n    return ${body}\n`).weight;
    expect(weight('hmirror(I)')).toBeGreaterThan(weight('I'));
    expect(weight('vmirror(hmirror(I))')).toBeGreaterThan(weight('hmirror(I)'));
    expect(weight('rbind(hmirror, I)')).toBeGreaterThan(weight('astuple(1, I)'));
    expect(weight('I(I)')).toBeGreaterThan(weight('hmirror(I)'));
    expect(weight('(I, I)')).toBeGreaterThan(weight('()'));
  });

  it('agree with the nodes, and are read back as they were written', () => {
    fc.assert(
      fc.property(randomProgram, (program) => {
        const facts = factsOf(program, smallLanguage);
        expect(facts.readsS).toBe(program.ops.includes(Op.S));
        expect(facts.readsC).toBe(program.ops.includes(Op.C));
        const writer = new ByteWriter();
        writeFacts(facts, writer);
        expect(readFacts(new ByteReader(writer.finish()))).toEqual(facts);
      }),
    );
  });
});

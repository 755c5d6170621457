/** The loader with the real table of primitives and constants. */
import { describe, expect, it } from 'vitest';
import { constants } from '../../src/dsl/constants.js';
import { primitives } from '../../src/dsl/table.js';
import { inlineSource } from '../../src/lang/inline.js';
import { arcLanguage } from '../../src/lang/language.js';
import { decodeProgram, encodeProgram } from '../../src/lang/program/program.js';
import { loadOne, solver } from './small-language.js';

describe('every primitive', () => {
  it('has one id in the table and in the loader', () => {
    expect(arcLanguage.primitives.map(({ name }) => name)).toEqual(primitives.map(({ name }) => name));
  });

  it.each(primitives.map(({ name, parameters }) => [name, parameters] as const))(
    '%s is called, by position and by keyword, and held as a value',
    (name, parameters) => {
      const positional = parameters.map((_, k) => (k === 0 ? 'I' : String(k)));
      const keywords = positional.map((text, k) => `${parameters[k].name}=${text}`).reverse();
      const { body, program } = loadOne(solver(`return (${name}(${positional}), ${name})`), arcLanguage);
      expect(loadOne(solver(`return (${name}(${keywords}), ${name})`), arcLanguage).body).toBe(body);
      const decoded = decodeProgram(program);
      expect(loadOne(inlineSource(decoded), arcLanguage).body).toBe(body);
      expect(encodeProgram(decoded)).toEqual(new Uint8Array(program));
    },
  );
});

describe('every constant', () => {
  it.each([...constants.keys()])('%s is the literal that it stands for', (name) => {
    const { body, program } = loadOne(solver(`return ${name}`), arcLanguage);
    const text = inlineSource(decodeProgram(program));
    expect(text).not.toContain(name === 'F' || name === 'T' ? ` ${name}\n` : name);
    expect(loadOne(text, arcLanguage).body).toBe(body);
  });
});

/** The table of primitives: complete, with the parameter names that programs use as keywords. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { constants } from '../../src/dsl/constants.js';
import { primitiveNamed, primitives } from '../../src/dsl/table.js';
import { SHARED } from './shared-vectors.js';

describe('the table', () => {
  it('is sorted by name, without repetitions', () => {
    const names = primitives.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)].sort());
  });

  it('has a function value and an arity for each', () => {
    for (const primitive of primitives) {
      expect(primitiveNamed(primitive.name)).toBe(primitive);
      expect(primitive.arity).toBe(primitive.parameters.length);
      expect(primitive.value.arity).toBe(primitive.arity);
      expect(primitive.value.primitive.name).toBe(primitive.name);
      expect(primitive.value.combined).toBe(false);
    }
  });

  it('says what calling the result of each combinator does, and of nothing else', () => {
    for (const { name, family, call } of primitives) {
      expect([name, call !== undefined]).toEqual([name, family === 'combinators']);
    }
  });

  it('shares no name with a constant', () => {
    for (const name of constants.keys()) expect(primitiveNamed(name)).toBeUndefined();
  });
});

/** Name and parameter names of the rows "| `name` | a, b: Kind → Kind | ... |" of section 3. */
function specifiedSignatures(specification: string): Map<string, string[]> {
  const signatures = new Map<string, string[]>();
  const section = specification.slice(specification.indexOf('\n## 3.'), specification.indexOf('\n## 4.'));
  for (const [, name, parameters] of section.matchAll(/^\| `(\w+)` \| ([^|]*?) → /gm)) {
    signatures.set(
      name,
      parameters.split(',').map((parameter) => parameter.split(':')[0].trim()),
    );
  }
  return signatures;
}

describe('the specification', () => {
  const path = join(SHARED, 'dsl', 'SPEC.md');
  const present = existsSync(path);

  it.skipIf(present)(
    'is not at hand: set BATTBUILD_SHARED to the folder that holds dsl/SPEC.md',
    (context) => {
      context.skip(`no ${path}`);
    },
  );

  it.runIf(present)('has its primitives in the table, with the same parameter names', () => {
    const specified = specifiedSignatures(readFileSync(path, 'utf8'));
    expect(specified.size).toBe(160);
    const ours = primitives.map(({ name, parameters }) => [
      name,
      parameters.map((parameter) => parameter.name),
    ]);
    expect(Object.fromEntries(ours)).toMatchObject(Object.fromEntries(specified));
  });

  it.runIf(present)('gives the same constants', () => {
    const specification = readFileSync(path, 'utf8');
    const section = specification.slice(specification.indexOf('\n## 2.'), specification.indexOf('\n## 3.'));
    const names = [...section.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name);
    expect([...constants.keys()].sort()).toEqual(names.sort());
  });
});

/** docs/language.md: every primitive with its signature, every constant with its value. */
import { expect, it } from 'vitest';
import { constants } from '../src/dsl/constants.js';
import { primitives } from '../src/dsl/table.js';
import { Pair, type Value } from '../src/dsl/value/value.js';
import { readDocument, sectionsOf } from './markdown.js';

const sections = sectionsOf(readDocument('docs/language.md'));

/** The cells of a section's tables, row by row. */
function rowsOf(prose: readonly string[]): string[][] {
  const rows = prose.filter((line) => line.startsWith('| `'));
  return rows.map((line) => line.slice(2, -2).split(' | '));
}

it('has every primitive once, with its parameters, their kinds and the kind of the result', () => {
  const shown = sections.flatMap(({ title, prose }) => (title === 'Errors' ? [] : rowsOf(prose)));
  const signatures = shown.filter(([cell]) => cell.includes('->')).map(([cell]) => cell.slice(1, -1));
  const defined = primitives.map(({ name, parameters, result }) => {
    const list = parameters.map((parameter) => `${parameter.name}: ${parameter.kind}`);
    return `${name}(${list.join(', ')}) -> ${result}`;
  });
  expect(signatures.sort()).toEqual(defined.sort());
});

it('has the primitives of one family in one section', () => {
  const familyOf = new Map(primitives.map(({ name, family }) => [name, family]));
  for (const { prose } of sections) {
    const names = rowsOf(prose).flatMap(([cell]) => /^`(\w+)\(/.exec(cell)?.[1] ?? []);
    expect(new Set(names.map((name) => familyOf.get(name))).size).toBeLessThanOrEqual(1);
  }
});

function written(value: Value): string {
  if (value instanceof Pair) return `(${value.i}, ${value.j})`;
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
}

it('has every constant with its value', () => {
  const { prose } = sections.find(({ title }) => title === 'Constants') as (typeof sections)[0];
  const shown = rowsOf(prose).flatMap(([names, values]) => {
    const listed = values.replace(/^0 to 10$/, () => Array.from({ length: 11 }, (_, k) => k).join(', '));
    const texts = listed.match(/\([^)]*\)|[^, ]+/g) ?? [];
    return [...names.matchAll(/`(\w+)`/g)].map(([, name], k): [string, string | undefined] => [
      name,
      texts[k],
    ]);
  });
  expect(new Map(shown)).toEqual(new Map([...constants].map(([name, value]) => [name, written(value)])));
});

/** docs/tokpidjin.md: every primitive of the dialect with its signature and its default. */
import { expect, it } from 'vitest';
import { encodeValue } from '../src/dsl/conformance.js';
import { tokpidjin } from '../src/dsl/dialects.js';
import type { Primitive } from '../src/dsl/primitive.js';
import { readDocument } from './markdown.js';

const DEFAULTS: Readonly<Record<string, string>> = {
  '{"s":[]}': '{}',
  '{"t":[]}': '()',
  false: 'False',
  '0': '0',
};

/** The result for a wrong number of arguments. */
function defaultOf({ misfit }: Primitive): string {
  const json = JSON.stringify(encodeValue(misfit?.(9, null, null, null, null) ?? null));
  return DEFAULTS[json] ?? 'constant function';
}

it('has every primitive once, with its signature and its default', () => {
  const rows = readDocument('docs/tokpidjin.md')
    .split('\n')
    .filter((line) => /^\| `\w+\(/.test(line));
  const shown = rows.map((row) => row.replace(' *', '').slice(2, -2).split(' | '));
  const defined = tokpidjin.primitives.map((primitive) => {
    const [parameters, result] = primitive.signature.split(' -> ');
    return [`\`${primitive.name}(${parameters}) -> ${result}\``, `\`${defaultOf(primitive)}\``];
  });
  expect(shown.toSorted()).toEqual(defined.toSorted());
});

/**
 * Programs that were once accepted keep their body hashes when the language grows, because results are found by them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSource } from '../../src/lang/load.js';

const ROOT = join(import.meta.dirname, '../..');

/** By file and function, from before functions of a file could call each other. */
const BODIES = JSON.parse(readFileSync(join(ROOT, 'test/fixtures/bodies/bodies.json'), 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, string>>>
>;

describe('the recorded body hashes', () => {
  it.each(Object.keys(BODIES))('are those of %s', (file) => {
    const { functions, diagnostics } = loadSource(readFileSync(join(ROOT, file)), file);
    expect(diagnostics).toEqual([]);
    const bodies = Object.fromEntries(functions.map(({ name, body }) => [name, body]));
    expect(bodies).toMatchObject(BODIES[file]);
  });
});

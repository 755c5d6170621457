import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/workspace/config/config-file.js';
import {
  CONFIG_GROUPS,
  CONFIG_KEYS,
  FLAG_OF,
  pathOf,
  type SettingName,
  variableOf,
} from '../../../src/workspace/config/config-keys.js';

interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean;
}

const FOLDER = new URL('../../../config/', import.meta.url);
const text = readFileSync(new URL('battbuild.schema.json', FOLDER), 'utf8');
const schema = JSON.parse(text) as Schema;

/** The schema of every key and group, by dotted name. */
function propertiesOf({ properties = {} }: Schema, prefix = ''): [string, Schema][] {
  return Object.entries(properties).flatMap(([key, value]): [string, Schema][] => [
    [prefix + key, value],
    ...propertiesOf(value, `${prefix}${key}.`),
  ]);
}

const said = new Map(propertiesOf(schema));

function outrankedBy(name: SettingName): string {
  const flag = (FLAG_OF as Partial<Record<SettingName, string>>)[name];
  const variable = variableOf(name);
  const option = flag?.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return option === undefined ? `${variable} outranks it.` : `--${option} and ${variable} outrank it.`;
}

describe('config/battbuild.schema.json', () => {
  it('has exactly the keys that the validator knows', () => {
    const known = ['$schema', ...Object.keys(CONFIG_GROUPS), ...Object.keys(CONFIG_KEYS)];
    expect([...said.keys()].sort()).toEqual(known.sort());
  });

  it.each(Object.keys(CONFIG_KEYS) as SettingName[])('says of "%s" what the validator holds', (name) => {
    const { kind, fallback, description } = CONFIG_KEYS[name];
    // A single path needs no list.
    const single = Array.isArray(fallback) && fallback.length === 1 ? fallback[0] : fallback;
    expect(said.get(name)).toEqual({
      ...kind.schema,
      ...(fallback === null ? {} : { default: single }),
      description: `${description} ${outrankedBy(name)}`,
    });
  });

  it('describes every group, and lets no other key in', () => {
    for (const [name, description] of Object.entries(CONFIG_GROUPS)) {
      expect(said.get(name)).toMatchObject({ type: 'object', description, additionalProperties: false });
    }
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
    expect([...said.values()].every((property) => (property.description ?? '').length > 10)).toBe(true);
  });

  it('has defaults that the validator accepts', () => {
    const defaults: Record<string, unknown> = {};
    for (const name of Object.keys(CONFIG_KEYS)) {
      const [group, key] = pathOf(name as SettingName);
      const value = said.get(name)?.default;
      if (value === undefined) continue;
      if (key === undefined) defaults[group] = value;
      else defaults[group] = { ...(defaults[group] as object), [key]: value };
    }
    expect(
      parseConfig('battbuild.json', new TextEncoder().encode(JSON.stringify(defaults))).diagnostics,
    ).toBeNull();
  });
});

describe('config/battbuild.json', () => {
  it('is valid', () => {
    const bytes = readFileSync(new URL('battbuild.json', FOLDER));
    expect(parseConfig('config/battbuild.json', bytes).diagnostics).toBeNull();
  });
});

/** docs/dependencies.md: every dependency with its actual version, licence and place. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readDocument } from './markdown.js';

interface Locked {
  readonly version: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readDocument('package.json')) as Manifest;
const { packages } = JSON.parse(readDocument('package-lock.json')) as {
  readonly packages: Readonly<Record<string, Locked>>;
};
const locked = new Map(
  Object.entries(packages).map(([path, entry]) => [path.replace(/^.*node_modules\//, ''), entry]),
);
const atRunTime = Object.keys(manifest.dependencies);
const direct = [
  ...atRunTime,
  ...Object.keys(manifest.optionalDependencies),
  ...Object.keys(manifest.devDependencies),
];

/** Cells of the rows by package name; a row may have several names. */
const rows = new Map(
  readDocument('docs/dependencies.md')
    .split('\n')
    .filter((line) => line.startsWith('| ['))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .flatMap(([, names, ...cells]) =>
      [...names.matchAll(/\[([^\]]+)\]/g)].map(([, name]): [string, string[]] => [name, cells]),
    ),
);

it('has a row for every dependency and for nothing else', () => {
  expect([...rows.keys()].sort()).toEqual([...direct].sort());
});

it.each(direct)('has the version and the licence of %s that npm ci installs', (name) => {
  const { version, license = '' } = locked.get(name) as Locked;
  const [versions, licence] = rows.get(name) as string[];
  expect(versions.split(', ')).toContain(version);
  expect(licence.toLowerCase()).toBe(license.toLowerCase());
});

describe('what is said of run-time packages', () => {
  /** The folders of src whose modules import or require a package. */
  function importersOf(name: string): string[] {
    const source = join(ROOT, 'src');
    const modules = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const importing = modules.filter((file) =>
      new RegExp(`'${name}['/]`).test(readFileSync(join(source, file), 'utf8')),
    );
    return [...new Set(importing.map((file) => `\`src/${file.split('/')[0]}\``))].sort();
  }

  it.each(atRunTime)('names the one folder that imports %s', (name) => {
    expect(importersOf(name).join(', ') || 'nowhere').toBe(rows.get(name)?.[3]);
  });

  it('counts the packages that they bring along, and knows their licences', () => {
    const brought = [...locked].filter(([name, { dev }]) => name !== '' && !dev && !direct.includes(name));
    expect(readDocument('docs/dependencies.md')).toContain(`They bring ${brought.length} packages along`);
    for (const [, { license }] of brought)
      expect(license).toMatch(/\b(MIT|ISC|0BSD|BSD-\d-Clause|Apache-2\.0)\b/);
  });
});

it('nothing runs at install', () => {
  const scripts = [...locked].filter(([, { hasInstallScript }]) => hasInstallScript === true);
  expect(scripts).toEqual([]);
  expect(JSON.parse(readDocument('package.json'))).not.toHaveProperty('allowScripts');
});

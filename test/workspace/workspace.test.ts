import { describe, expect, it } from 'vitest';
import { CONFIG_KEYS, type SettingName, variableOf } from '../../src/workspace/config/config-keys.js';
import { openWorkspace, type WorkspaceFlags } from '../../src/workspace/workspace.js';
import { MemoryFileSystem } from './memory-file-system.js';

/** Opens a workspace with `config` at /w/config/battbuild.json; null: without a config. */
function open(
  config: unknown,
  flags: WorkspaceFlags = {},
  folder = '/w',
  extra: Record<string, string> = {},
  env: Record<string, string> = {},
) {
  const files = new MemoryFileSystem({
    '/w/tasks/a.json': '',
    '/w/solvers/a.py': '',
    '/data/t/a.json': '',
    ...extra,
  });
  if (config !== null) {
    files.write('/w/config/battbuild.json', typeof config === 'string' ? config : JSON.stringify(config));
  }
  files.makeFolder(folder);
  return openWorkspace({ folder, flags, env, cores: 8 }, files);
}

function opened(...request: Parameters<typeof open>) {
  const { workspace, diagnostics } = open(...request);
  if (workspace === null) throw new Error(JSON.stringify(diagnostics));
  return workspace;
}

function problems(...request: Parameters<typeof open>): string[] {
  const { diagnostics } = open(...request);
  return (diagnostics ?? []).map(({ code, file, line, message, hint }) => {
    const place = line === null ? file : `${file}:${line}`;
    return `${code} ${place}: ${message}${hint === null ? '' : ` (${hint})`}`;
  });
}

describe('a workspace', () => {
  it('has defaults for everything', () => {
    const { root, config, settings, tasks, solvers, differs, cache, out } = opened({});
    expect({ root, config }).toEqual({
      root: '/w',
      config: { path: '/w/config/battbuild.json', name: 'config/battbuild.json' },
    });
    const values = Object.fromEntries(Object.entries(settings).map(([name, { value }]) => [name, value]));
    expect(values).toEqual({
      tasks: ['tasks'],
      'cache.remote': '',
      'cache.remote.mode': 'read',
      'cache.remote.uploadSeconds': 5,
      'cache.remote.maxMegabytes': 64,
      dialect: 'by-file',
      solvers: ['solvers'],
      differs: ['differs'],
      python: [],
      'python.entry': '',
      'python.events': 2_000_000,
      'python.packages': [],
      cache: 'cache',
      out: 'out',
      pairing: 'own',
      samples: ['train', 'test'],
      ignore: [],
      jobs: 7,
      'budget.cost': 20_000_000,
      'budget.cells': 4_000_000,
      'budget.wallSeconds': 10,
      queue: '',
      verifyRemote: 0,
      'publish.enabled': true,
      'publish.keep': 32,
      'watch.poll': false,
      'gc.maxAgeDays': 30,
      'gc.maxMegabytes': 2048,
    });
    expect(Object.values(settings).every(({ origin }) => origin.kind === 'default')).toBe(true);
    expect([tasks, solvers, differs]).toEqual([
      [{ path: '/w/tasks', name: 'tasks', explicit: false }],
      [{ path: '/w/solvers', name: 'solvers', explicit: false }],
      [{ path: '/w/differs', name: 'differs', explicit: false }],
    ]);
    expect([cache, out]).toEqual([
      { path: '/w/cache', name: 'cache' },
      { path: '/w/out', name: 'out' },
    ]);
  });

  it('is that of the nearest folder above with a config', () => {
    expect(opened({}, {}, '/w/deep/down').root).toBe('/w');
    const nested = { '/w/deep/config/battbuild.json': '{}' };
    expect(opened({}, {}, '/w/deep/down', nested).root).toBe('/w/deep');
  });

  it('is the folder around the config folder that --config names, or the folder of another file', () => {
    expect(opened({}, { config: 'w/config/battbuild.json' }, '/').root).toBe('/w');
    const other = { '/x/settings.json': '{"cache": "c"}' };
    const workspace = opened({}, { config: '../x/settings.json' }, '/w', other);
    expect(workspace.root).toBe('/x');
    expect(workspace.cache.path).toBe('/x/c');
    expect(workspace.config?.name).toBe('settings.json');
  });

  it('needs no config when options give the paths', () => {
    const flags = { tasks: ['../data/t'], solvers: ['s'], cache: 'c', out: '/abs/o' };
    const { root, config, tasks, solvers, cache, out } = opened(null, flags, '/work', { '/work/s/a.py': '' });
    expect({ root, config }).toEqual({ root: '/work', config: null });
    expect([...tasks, ...solvers, cache, out].map(({ path, name }) => [path, name])).toEqual([
      ['/data/t', '../data/t'],
      ['/work/s', 's'],
      ['/work/c', 'c'],
      ['/abs/o', '/abs/o'],
    ]);
  });

  it('takes an option before the config before the default, and remembers which', () => {
    const config = '{\n"cache": "from-file",\n"out": "from-file",\n"budget": {\n"cost": 5, "cells": 6}}';
    const { settings } = opened(config, { out: 'from-flag', budget: '7', jobs: '2', timeout: '0.5' });
    const said = (name: SettingName) => [settings[name].value, settings[name].origin];
    expect(said('cache')).toEqual(['from-file', { kind: 'file', file: 'config/battbuild.json', line: 2 }]);
    expect(said('out')).toEqual(['from-flag', { kind: 'flag', flag: '--out' }]);
    expect(said('budget.cost')).toEqual([7, { kind: 'flag', flag: '--budget' }]);
    expect(said('budget.cells')).toEqual([6, { kind: 'file', file: 'config/battbuild.json', line: 5 }]);
    expect(said('budget.wallSeconds')).toEqual([0.5, { kind: 'flag', flag: '--timeout' }]);
    expect(said('jobs')).toEqual([2, { kind: 'flag', flag: '--jobs' }]);
    expect(said('publish.keep')).toEqual([32, { kind: 'default' }]);
  });

  it('takes paths of options from the current folder, those of the config from the workspace', () => {
    const config = { solvers: 'solvers', out: 'o' };
    const { tasks, solvers, cache, out } = opened(config, { tasks: ['../tasks'], cache: 'c' }, '/w/sub');
    expect([...tasks, ...solvers, cache, out].map(({ path }) => path)).toEqual([
      '/w/tasks',
      '/w/solvers',
      '/w/sub/c',
      '/w/o',
    ]);
    expect(tasks[0].name).toBe('tasks');
  });

  it('takes an option before a variable before the config, and paths of variables from the current folder', () => {
    const config = { jobs: 2, publish: { keep: 3, enabled: true }, out: 'o', cache: 'c' };
    const env = {
      BATTBUILD_JOBS: '4',
      BATTBUILD_PUBLISH_KEEP: '5',
      BATTBUILD_PUBLISH_ENABLED: 'false',
      BATTBUILD_OUT: '',
      BATTBUILD_CACHE: 'e',
      BATTBUILD_TASKS: '../tasks:/data/t',
      BATTBUILD_BUDGET_WALL_SECONDS: '.5',
    };
    const { settings, tasks, cache, out } = opened(config, { jobs: '6' }, '/w/sub', {}, env);
    const said = (name: SettingName) => [settings[name].value, settings[name].origin];
    expect(said('jobs')).toEqual([6, { kind: 'flag', flag: '--jobs' }]);
    const from = (variable: string) => ({ kind: 'environment', variable });
    expect(said('publish.keep')).toEqual([5, from('BATTBUILD_PUBLISH_KEEP')]);
    expect(said('publish.enabled')).toEqual([false, from('BATTBUILD_PUBLISH_ENABLED')]);
    expect(said('budget.wallSeconds')).toEqual([0.5, from('BATTBUILD_BUDGET_WALL_SECONDS')]);
    expect([...tasks, cache, out].map(({ path }) => path)).toEqual([
      '/w/tasks',
      '/data/t',
      '/w/sub/e',
      '/w/o',
    ]);
  });

  it('has a variable for every key', () => {
    const names = Object.keys(CONFIG_KEYS) as SettingName[];
    for (const name of names) {
      const variable = variableOf(name);
      expect(variable).toMatch(/^BATTBUILD_[A-Z]+(_[A-Z]+)*$/);
      // No value has every type; this one has none of them.
      const [problem] = problems({}, {}, '/w', {}, { [variable]: 'a\0b' });
      expect(problem).toMatch(new RegExp(`^CONF004 ${variable}: expected .*, found "a`));
    }
    expect(new Set(names.map(variableOf)).size).toBe(names.length);
  });

  it('takes one path or several, folders or files', () => {
    const config = { tasks: ['tasks', 'tasks/a.json'], solvers: [] };
    const { tasks, solvers } = opened(config);
    expect(tasks.map(({ name, explicit }) => [name, explicit])).toEqual([
      ['tasks', true],
      ['tasks/a.json', true],
    ]);
    expect(solvers).toEqual([]);
  });
});

describe('a config that cannot be used', () => {
  it.each([
    [
      'is no JSON',
      '{"cache": "c",}',
      ['CONF002 config/battbuild.json:1: not JSON: expected a key in double quotes, but found "}"'],
    ],
    ['is a list', '[]', ['CONF002 config/battbuild.json:1: the config is a list, not an object']],
    [
      'has an unknown key',
      '{\n"solver": "s"}',
      ['CONF003 config/battbuild.json:2: unknown key "solver" (did you mean "solvers"?)'],
    ],
    [
      'has an unknown key in a group',
      { budget: { cots: 1 } },
      ['CONF003 config/battbuild.json:1: unknown key "budget.cots" (did you mean "budget.cost"?)'],
    ],
    [
      'has a key outside its group',
      { keep: 1 },
      ['CONF003 config/battbuild.json:1: unknown key "keep" (did you mean "publish.keep"?)'],
    ],
    [
      'has a key __proto__',
      '{"__proto__": 1}',
      [expect.stringMatching(/^CONF003 .*: unknown key "__proto__" \(known keys: tasks, solvers/)],
    ],
    [
      'has a key with a dot',
      { 'budget.cost': 1 },
      [expect.stringMatching(/^CONF003 .*: unknown key "budget.cost"/)],
    ],
    [
      'has a number for a path',
      { out: 1 },
      [expect.stringMatching(/^CONF004 .*: "out": expected a path, found 1/)],
    ],
    [
      'has an empty path',
      { tasks: [''] },
      [expect.stringMatching(/^CONF004 .*: "tasks": expected a path or a list of paths, found a list/)],
    ],
    [
      'has no jobs',
      { jobs: 0 },
      [expect.stringMatching(/^CONF004 .*: "jobs": expected an integer from 1 to 512, found 0/)],
    ],
    [
      'has half a job',
      { jobs: 1.5 },
      [expect.stringMatching(/"jobs": expected an integer from 1 to 512, found 1.5/)],
    ],
    [
      'has another pairing',
      { pairing: 'none' },
      [expect.stringMatching(/"pairing": expected "own" or "all", found "none"/)],
    ],
    [
      'has a string for a switch',
      { publish: { enabled: 'yes' } },
      [expect.stringMatching(/"publish.enabled": expected true or false, found "yes"/)],
    ],
    [
      'has no time',
      { budget: { wallSeconds: 0 } },
      [
        expect.stringMatching(
          /"budget.wallSeconds": expected a number of seconds above 0, at most 86400, found 0/,
        ),
      ],
    ],
    [
      'has no budget',
      { budget: { cost: null } },
      [expect.stringMatching(/"budget.cost": expected an integer of at least 1, found null/)],
    ],
    [
      'has a number for a group',
      { budget: 3 },
      ['CONF004 config/battbuild.json:1: "budget": expected an object, found 3'],
    ],
    [
      'says a key twice',
      '{"out": "a",\n"out": "b"}',
      ['CONF006 config/battbuild.json:2: "out" is there twice'],
    ],
    [
      'says a key of a group twice',
      '{"budget": {"cost": 1,\n"cost": 2}}',
      ['CONF006 config/battbuild.json:2: "budget.cost" is there twice'],
    ],
    [
      'names a folder that does not exist',
      '{"tasks": ["tasks",\n"none"]}',
      [
        'CONF005 config/battbuild.json:2: "tasks": "none" cannot be used: there is no such file or folder (paths in the config are relative to the workspace, /w)',
      ],
    ],
    [
      'names one file as a folder',
      { out: 'tasks/a.json' },
      [expect.stringMatching(/^CONF005 .*"out": "tasks\/a.json" cannot be used: it is not a folder/)],
    ],
    [
      'names a folder below a file',
      { cache: 'tasks/a.json/c' },
      [
        expect.stringMatching(
          /^CONF005 .*"cache": "tasks\/a.json\/c" cannot be used: a part of the path is not a folder/,
        ),
      ],
    ],
    [
      'names one folder for the cache and the output',
      { cache: 'x', out: 'x' },
      [expect.stringMatching(/^CONF005 .*"cache": "x" cannot be used: it is "out" as well/)],
    ],
    [
      'publishes into its own solvers',
      { out: 'solvers' },
      [expect.stringMatching(/^CONF005 .*"out": "solvers" cannot be used: it is "solvers" as well/)],
    ],
  ])('%s', (_, config, expected) => {
    expect(problems(config)).toEqual(expected);
  });

  it('is told everything at once', () => {
    expect(problems({ jobs: 0, solver: 's', budget: { cost: 'x' } })).toHaveLength(3);
    expect(problems({ tasks: 'none', solvers: 'none' })).toHaveLength(2);
  });

  it('is absent where --config says', () => {
    expect(problems({}, { config: 'none.json' })).toEqual([
      'CONF001 none.json: the config cannot be read: there is no such file or folder',
    ]);
  });

  it('is a folder', () => {
    expect(problems({}, { config: 'config' })).toEqual([
      'CONF001 config: the config cannot be read: it is a folder',
    ]);
  });
});

describe('a variable that cannot be used', () => {
  it('is named', () => {
    const env = { BATTBUILD_JOBS: '0', BATTBUILD_TASKS: 'none' };
    expect(problems({ jobs: 1 }, {}, '/w', {}, env)).toEqual([
      'CONF004 BATTBUILD_JOBS: expected an integer from 1 to 512, found "0"',
      'CONF005 BATTBUILD_TASKS: "none" cannot be used: there is no such file or folder (paths of environment variables are relative to the current folder)',
    ]);
  });

  it('does no harm where an option outranks it', () => {
    expect(problems({}, { jobs: '1' }, '/w', {}, { BATTBUILD_JOBS: '0' })).toEqual([]);
  });
});

describe('options that cannot be used', () => {
  it.each([
    [{ jobs: '0' }, 'CONF004 --jobs: expected an integer from 1 to 512, found "0"'],
    [{ jobs: 'x' }, 'CONF004 --jobs: expected an integer from 1 to 512, found "x"'],
    [{ jobs: '' }, 'CONF004 --jobs: expected an integer from 1 to 512, found ""'],
    [{ jobs: '1e1' }, 'CONF004 --jobs: expected an integer from 1 to 512, found "1e1"'],
    [{ budget: '-1' }, 'CONF004 --budget: expected an integer of at least 1, found "-1"'],
    [
      { timeout: 'ten' },
      'CONF004 --timeout: expected a number of seconds above 0, at most 86400, found "ten"',
    ],
    [{ cache: '' }, 'CONF004 --cache: expected a path, found ""'],
    [
      { solvers: ['none'] },
      'CONF005 --solvers: "none" cannot be used: there is no such file or folder (paths of options are relative to the current folder)',
    ],
  ])('%j', (flags, expected) => {
    expect(problems({}, flags)).toEqual([expected]);
  });

  it('do not make the config that they outrank wrong', () => {
    expect(opened({ tasks: 'none' }, { tasks: ['tasks'] }).tasks[0].path).toBe('/w/tasks');
  });
});

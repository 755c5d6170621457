/** What a terminal shows of a watch, event by event. */
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WatchScreen } from '../../../../src/cli/live/watch/watch-screen.js';
import type { Context } from '../../../../src/cli/process/context.js';
import type { Diagnostic } from '../../../../src/diagnostic.js';
import type { Summary } from '../../../../src/observe/event.js';
import type { Results, WatchEvent } from '../../../../src/watch/watch-event.js';

const STARTED: WatchEvent = { type: 'started', workspace: '/work', jobs: 1 };
const WAITING: WatchEvent = { type: 'waiting' };
const CHANGED: WatchEvent = {
  type: 'changed',
  changes: [{ what: 'input', file: 'solvers/a.py', change: 'edited' }],
};

function summary(interrupted = false): WatchEvent {
  const counts = {
    tasks: 1,
    candidates: 1,
    programs: 1,
    pythonPrograms: 0,
    behaviours: 1,
    cells: 3,
    cellsRun: 3,
  };
  const rest = {
    phases: {},
    wallMs: 20,
    diagnostics: 0,
    published: 0,
    publishedLinks: 0,
    publishedChanged: 0,
    strays: 0,
    interrupted,
  };
  const outcomes = {} as Summary['outcomes'];
  return {
    type: 'summary',
    ...counts,
    solved: 1,
    partly: 0,
    unsolved: 0,
    ...rest,
    outcomes,
    mostFolded: null,
  };
}

function results(compared: boolean, tasks: Results['tasks'] = []): WatchEvent {
  const lists = { solved: [], lost: [], up: [], down: [] };
  return { type: 'results', compared, ...lists, tasks, broken: [], sinceSaveMs: 100 };
}

function diagnostic(severity: Diagnostic['severity']): WatchEvent {
  const place = { file: 'solvers/a.py', line: 1, column: null };
  const text = { message: 'no', hint: null };
  return { type: 'diagnostic', diagnostic: { code: 'LANG005', severity, ...place, ...text } };
}

function screen({ quiet = false, isTTY = false } = {}) {
  const stdout = new PassThrough();
  const stderr = Object.assign(new PassThrough(), { isTTY });
  const context = { env: {}, stdout, stderr, colorDepth: 1 } as unknown as Context;
  const shown = new WatchScreen(quiet, context, () => new Date(2024, 0, 1, 12, 34, 56));
  onTestFinished(() => shown.end());
  return {
    shows: (...events: readonly WatchEvent[]) => {
      for (const event of events) shown.read(event);
      return { stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
    },
  };
}

describe('a watch on the screen', () => {
  it('says where the report is, even when it is to say little', () => {
    const serving: WatchEvent = { type: 'serving', url: 'http://127.0.0.1:7227/' };
    for (const quiet of [true, false]) {
      expect(screen({ quiet }).shows(serving).stdout).toBe('the report: http://127.0.0.1:7227/\n');
    }
  });

  it('begins with where all tasks stand, and says once that it watches', () => {
    const { shows } = screen();
    const first = shows(STARTED, summary(), results(false), WAITING);
    expect(first.stdout).toBe(
      '1 task: 1 solved, 0 partly, 0 unsolved; 3 of 3 cells executed in 20 ms\nwatching for changes; Ctrl-C ends\n',
    );
    const next = shows(CHANGED, STARTED, summary(), results(true), WAITING);
    expect(next.stdout).toBe(
      '12:34:56  solvers/a.py\n  3 cells executed\n  1 task: 1 solved, 0 partly, 0 unsolved; 100 ms after the save (build 20 ms)\n',
    );
  });

  it('says that a build was stopped, and what of it is kept', () => {
    const { shows } = screen();
    const finished = { task: 't', verdict: 'solved', candidates: 1, programs: 1, behaviours: 1 } as const;
    const { stdout } = shows(STARTED, { type: 'task-finished', ...finished }, summary(true));
    expect(stdout).toBe('  inputs changed: stopped, 1 finished task kept\n');
  });

  it('shows problems when they are new, those of a stopped build not at all', () => {
    const { shows } = screen();
    expect(shows(STARTED, diagnostic('error'), summary(true)).stderr).toBe('');
    const shown = /^solvers\/a\.py:1: error LANG005: no\n$/;
    expect(shows(STARTED, diagnostic('error'), summary(), results(true)).stderr).toMatch(shown);
    expect(shows(STARTED, diagnostic('error'), summary(), results(true)).stderr).toBe(
      '  1 problem as before: solvers/a.py:1 LANG005\n',
    );
    expect(shows(STARTED, summary(), results(true)).stderr).toBe('  1 problem solved\n');
  });

  it('keeps text away from the live line until the build is over', () => {
    const { shows } = screen({ isTTY: true });
    const broken: WatchEvent = { type: 'config', diagnostics: [] };
    expect(shows(STARTED, broken).stderr).toBe('');
    expect(shows(summary()).stderr).toBe('the config can be used again\n');
  });
});

describe('a quiet watch on the screen', () => {
  it('shows builds that changed results, with their causes, and errors', () => {
    const { shows } = screen({ quiet: true });
    expect(shows(STARTED, summary(), results(false), WAITING)).toEqual({ stdout: '', stderr: '' });
    expect(shows(CHANGED, STARTED, diagnostic('warning'), summary(), results(true))).toEqual({
      stdout: '',
      stderr: '',
    });
    const score = { verdict: 'solved', score: 3, best: 'turn' } as const;
    const change = { task: 't', samples: 3, before: null, after: score, solvers: [] };
    const { stdout, stderr } = shows(
      CHANGED,
      STARTED,
      diagnostic('error'),
      summary(),
      results(true, [change]),
    );
    expect(stdout).toMatch(
      /^12:34:56 {2}solvers\/a\.py\n {2}new {2}t {2}best 0 -> 3 of 3 samples\n {2}3 cells/,
    );
    expect(stderr).toContain('LANG005');
  });
});

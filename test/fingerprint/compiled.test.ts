/** Fingerprints of the compiled program: every primitive and phase has one, and the right ones change. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyPrimitive } from '../../src/dsl/dialects.js';
import { computeFingerprints, type Fingerprints } from '../../src/fingerprint/fingerprints.js';
import { filePhases, taskPhases } from '../../src/phases/phases.js';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

const PERIODS = 'dsl/primitives/objects/periods.js';

let folder: string;
let before: Fingerprints;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'battbuild-'));
  cpSync(DIST, folder, { recursive: true });
  before = computeFingerprints(folder);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The fingerprints that change if `from` becomes `to` in a compiled module. */
function changedBy(module: string, from: string, to: string) {
  const file = join(folder, module);
  const text = readFileSync(file, 'utf8');
  if (text.split(from).length !== 2) throw new Error(`${from} does not stand in ${module} once`);
  writeFileSync(file, text.replace(from, to));
  const after = computeFingerprints(folder);
  writeFileSync(file, text);
  const differing = (one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>) =>
    Object.keys(one).filter((name) => one[name] !== other[name]);
  return {
    primitives: differing(before.primitives, after.primitives),
    phases: differing(before.phases, after.phases),
    records: before.records !== after.records,
  };
}

describe('the compiled program', () => {
  it('has a fingerprint of its own for each primitive of each dialect, and for Python', () => {
    const names = everyPrimitive.map(({ qualified }) => qualified);
    expect(Object.keys(before.primitives)).toEqual([...names.toSorted(), 'python.interpreter']);
    expect(new Set(Object.values(before.primitives)).size).toBe(names.length + 1);
  });

  it('has a fingerprint for each phase whose steps are memoized', () => {
    const memoized = [...filePhases, ...taskPhases]
      .filter(({ kind }) => kind === 'steps')
      .map(({ name }) => name);
    expect(Object.keys(before.phases).sort()).toEqual(memoized.sort());
    for (const phase of [...filePhases, ...taskPhases]) {
      if (phase.kind === 'steps')
        expect([phase.name, phase.version]).toEqual([phase.name, before.phases[phase.name]]);
    }
  });

  it('carries the fingerprints of its own code', () => {
    expect(JSON.parse(readFileSync(join(DIST, 'fingerprints.json'), 'utf8'))).toEqual(before);
  });
});

describe('a change in the compiled program', () => {
  it('of one primitive is seen by it alone', () => {
    const seen = changedBy(PERIODS, 'export function vperiod(', 'export function vperiod( ');
    expect(seen).toEqual({ primitives: ['vperiod'], phases: [], records: false });
  });

  it('of a helper is seen by the primitives that reach it', () => {
    const seen = changedBy(PERIODS, '\nfunction period(', '\nfunction period( ');
    expect(seen).toEqual({ primitives: ['hperiod', 'vperiod'], phases: [], records: false });
  });

  it('of a primitive of the dialect is seen by it alone', () => {
    const seen = changedBy(
      'dsl/tokpidjin/patches/relations.js',
      'export const gravitate =',
      'export const gravitate = ',
    );
    expect(seen).toEqual({ primitives: ['tokpidjin.gravitate'], phases: [], records: false });
  });

  it('of a primitive of the base is seen by that of the dialect which only puts it under guard', () => {
    const seen = changedBy(
      'dsl/primitives/grids/grid-turning.js',
      'export function rot180(',
      'export function rot180( ',
    );
    expect(seen.primitives).toEqual(['rot180', 'tokpidjin.a_mr', 'tokpidjin.mir_rot_t', 'tokpidjin.rot180']);
  });

  it('of the guard is seen by the dialect alone', () => {
    const { primitives, phases } = changedBy(
      'dsl/tokpidjin/guard.js',
      'export function guarded(',
      'export function guarded( ',
    );
    expect(primitives).toHaveLength(292);
    expect(primitives.every((name) => name.startsWith('tokpidjin.'))).toBe(true);
    expect(phases).toEqual([]);
  });

  it('of what all charges go through is seen by all that charge', () => {
    const { primitives: seen, phases } = changedBy(
      'dsl/meter.js',
      'export function spend(',
      'export function spend( ',
    );
    expect(phases).toEqual(['validate', 'score']);
    expect(seen).toContain('objects');
    expect(seen).not.toContain('identity');
  });

  it('of what every evaluation does is seen by the phases that evaluate', () => {
    const seen = changedBy(
      'engine/node.js',
      'export function evaluateNode(',
      'export function evaluateNode( ',
    );
    expect(seen).toEqual({ primitives: [], phases: ['validate', 'score'], records: false });
  });

  it('of the parser is seen by the loading of files alone', () => {
    const seen = changedBy('lang/syntax/lexer.js', 'export class Lexer {', 'export class Lexer { ');
    expect(seen).toEqual({ primitives: [], phases: ['load'], records: false });
  });

  it('of what a selection is recorded as is seen by the records alone', () => {
    const seen = changedBy(
      'build/record/task-state.js',
      'export function decodeTaskState(',
      'export function decodeTaskState( ',
    );
    expect(seen).toEqual({ primitives: [], phases: [], records: true });
  });

  it('of the command line is seen by nothing', () => {
    const seen = changedBy('cli/process/exit.js', 'export const EXIT = {', 'export const EXIT = { ');
    expect(seen).toEqual({ primitives: [], phases: [], records: false });
  });

  it('knows of every primitive whether it may call functions', () => {
    const calling = new Set(
      changedBy('dsl/calls/call.js', 'const CALL_CHARGE = 10', 'const CALL_CHARGE = 11').primitives,
    );
    const wrong = everyPrimitive.filter(
      ({ qualified, family, callsFunctions }) =>
        calling.has(qualified) && !callsFunctions && family !== 'combinators',
    );
    expect(calling.has('sfilter')).toBe(true);
    expect(wrong.map(({ qualified }) => qualified)).toEqual([]);
  });
});

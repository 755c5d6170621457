/** Typical inputs of users, each with the right answer next to it: see the READMEs of the cases. */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { TestWorkspace } from './cli/rig.js';
import { SHARED } from './dsl/shared-vectors.js';

/** The message or number of a build; its exit code is 0 unless given. */
const ANSWERS: Readonly<Record<string, { readonly says: readonly RegExp[]; readonly code?: number }>> = {
  'absent-task': { says: [/\n1 solver belongs to no task here\n/] },
  annotations: { says: [/^1 task: 1 solved/] },
  'bare-list': { says: [/^1 task: 1 solved/] },
  'comprehension-over-lines': {
    says: [
      /multi\.py:.*comprehension is outside the language/,
      /one\.py:.*comprehension is outside the language/,
    ],
    code: 1,
  },
  'null-output': { says: [/^1 task: 1 solved/] },
  'placeholder-hides-answers': { says: [/^1 task: 0 solved, 1 partly/] },
  'task-id': { says: [/^4 tasks: /] },
  'verify-prefix': { says: [/\n2 candidates /] },
  'wide-grid': { says: [/^1 task: 1 solved/, /\n1 note; /] },
};

const CASES = join(SHARED, 'cases');

describe.skipIf(!existsSync(CASES))(`the cases of ${CASES} (skipped where they are absent)`, () => {
  it.each(Object.entries(ANSWERS))('%s has its right answer', async (name, { says, code = 0 }) => {
    const root = mkdtempSync(join(tmpdir(), 'battbuild-case-'));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    cpSync(join(CASES, name), root, { recursive: true });
    const ended = await new TestWorkspace(root).run('build');
    for (const said of says) expect(ended.stdout + ended.stderr).toMatch(said);
    expect(ended.code).toBe(code);
  });
});

/** A temporary workspace in which the compiled program runs as a separate process. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { MIRROR_TASK } from '../../bench/reliability/mirror-task.js';
import { type Ended, outputOf } from '../child-output.js';
import { plainEnvironment } from '../environment.js';

/** Compiled by `npm run build`, which `npm test` runs first. */
export const MAIN = fileURLToPath(new URL('../../dist/bundle/main.js', import.meta.url));

function environment(
  extra: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  return { ...plainEnvironment(), ...extra };
}

export class TestWorkspace {
  constructor(readonly folder: string) {}

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  /** Writes a task that is solved by mirroring rows: two demo samples and a test. */
  writeMirrorTask(id: string): void {
    this.write(`tasks/${id}.json`, JSON.stringify(MIRROR_TASK));
  }

  /** Writes a solver file with one function of the given name and lines. */
  writeSolver(file: string, name: string, ...lines: readonly string[]): void {
    this.write(`solvers/${file}`, `def ${name}(I):\n${lines.map((line) => `    ${line}\n`).join('')}`);
  }

  start(args: readonly string[], env: Readonly<Record<string, string | undefined>> = {}) {
    return spawn(process.execPath, [MAIN, ...args], { cwd: this.folder, env: environment(env) });
  }

  run(...args: readonly string[]): Promise<Ended> {
    return this.runWith({}, ...args);
  }

  runWith(env: Readonly<Record<string, string | undefined>>, ...args: readonly string[]): Promise<Ended> {
    return outputOf(this.start(args, env));
  }

  /** Runs a command that does not end by itself, and interrupts it like Ctrl-C after a given output. */
  runUntil(printed: RegExp, ...args: readonly string[]): Promise<Ended> {
    const child = this.start(args);
    let stdout = '';
    child.stdout.on('data', (data) => {
      const before = stdout;
      stdout += data;
      // A second Ctrl-C would kill it.
      if (printed.test(stdout) && !printed.test(before)) child.kill('SIGINT');
    });
    return outputOf(child);
  }

  /** Runs a command that prints JSON, one value a line. */
  async json<Value>(...args: readonly string[]): Promise<Value[]> {
    const { stdout, stderr } = await this.run(...args);
    if (stdout === '') throw new Error(`no output: ${stderr}`);
    return stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Value);
  }

  /** The summary of a build. */
  async build(...args: readonly string[]): Promise<Record<string, unknown>> {
    return (await this.json<Record<string, unknown>>('build', '--json', ...args)).at(-1) ?? {};
  }
}

/** An empty workspace with a config, removed after the test. */
export function emptyWorkspace(): TestWorkspace {
  const workspace = new TestWorkspace(mkdtempSync(join(tmpdir(), 'battbuild-cli-')));
  onTestFinished(() => rmSync(workspace.folder, { recursive: true, force: true }));
  workspace.write('config/battbuild.json', '{}');
  return workspace;
}

/**
 * A workspace with the task `mirror` and four solvers: two with the same program, which solves it; one that matches
 * the demo samples only; and one with an error on its third line.
 */
export function mirrorWorkspace(): TestWorkspace {
  const workspace = emptyWorkspace();
  workspace.writeMirrorTask('mirror');
  workspace.write(
    'solvers/mirror.py',
    [
      'def turn_rows(I):',
      '    O = vmirror(I)',
      '    return O',
      '',
      '',
      'def turn_rows_too(I):',
      '    x1 = vmirror(I)',
      '    return x1',
      '',
      '',
      'def turn_all(I):',
      '    return rot180(I)',
      '',
      '',
      'def first_nine(I):',
      '    x1 = ofcolor(I, NINE)',
      '    x2 = first(x1)',
      '    return x2',
      '',
    ].join('\n'),
  );
  return workspace;
}

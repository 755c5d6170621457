/** Types lines into a shell that knows `battbuild`, like a reader of the documents. */
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { outputOf } from './child-output.js';
import { MAIN } from './cli/rig.js';
import { plainEnvironment } from './environment.js';

export interface Typed {
  readonly line: string;
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Separates the outputs of two lines: a character that our output never has. */
const BETWEEN = '\u001e';

export class Shell {
  private readonly commands: string;

  /** `folder` is the current folder; `commands` is created, and gets the programs `battbuild` and `npx`. */
  constructor(
    public folder: string,
    commands: string,
  ) {
    mkdirSync(commands, { recursive: true });
    this.commands = commands;
    this.define('battbuild', `exec '${process.execPath}' '${MAIN}' "$@"`);
    // What npx does with a command of the current package.
    this.define('npx', 'exec "$@"');
  }

  /** Creates a command of the shell from a line for `sh`. */
  define(name: string, line: string): void {
    const path = join(this.commands, name);
    writeFileSync(path, `#!/bin/sh\n${line}\n`);
    chmodSync(path, 0o755);
  }

  /**
   * Types the lines one after another, whatever their exit codes. A later call begins in the folder where this one
   * ended.
   */
  async type(lines: readonly string[]): Promise<Typed[]> {
    // Between two lines: the first one's exit code on stdout.
    const mark = `printf '\\036%s\\036' $?; printf '\\036' >&2`;
    const script = [...lines.flatMap((line) => [line, mark]), 'pwd'].join('\n');
    const env = { ...plainEnvironment(), PATH: `${this.commands}${delimiter}${process.env['PATH']}` };
    const child = spawn('bash', ['--norc', '-c', script], {
      cwd: this.folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { stdout, stderr } = await outputOf(child);
    const outputs = stdout.split(BETWEEN);
    const errors = stderr.split(BETWEEN);
    if (outputs.length !== 2 * lines.length + 1) throw new Error(`the shell ended early: ${stdout}${stderr}`);
    this.folder = (outputs.at(-1) as string).trimEnd();
    return lines.map((line, k) => ({
      line,
      code: Number(outputs[2 * k + 1]),
      stdout: outputs[2 * k],
      stderr: errors[k],
    }));
  }
}

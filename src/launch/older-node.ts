/**
 * What a Node that is too old can still do: run the program on the Node that is installed beside it (package.json has
 * one for Linux as an optional dependency), or say what is needed.
 */
// Without `node:`, which Node knows since 14.18 only.
// biome-ignore-start lint/style/useNodejsImportProtocol: older Nodes do not know it
import { spawn } from 'child_process';
import { existsSync } from 'fs';
import { dirname, join } from 'path';
import { fileURLToPath } from 'url';

// biome-ignore-end lint/style/useNodejsImportProtocol: older Nodes do not know it

const USAGE = 2;

const MAIN = fileURLToPath(new URL('main.js', import.meta.url));

/** The folder that package.json is in. */
const ROOT = dirname(dirname(dirname(MAIN)));

/**
 * The program of the Node that was installed with battbuild, or null where there is none for this system: in a checkout
 * its package is below the root, and beside it where battbuild is itself an installed package.
 */
function installedNode(): string | null {
  const isWindows = process.platform === 'win32';
  const name = `node-${isWindows ? 'win' : process.platform}-${process.arch}`;
  const program = isWindows ? 'node.exe' : 'node';
  const packages = [join(ROOT, 'node_modules'), dirname(ROOT)];
  const programs = packages.map((folder) => join(folder, name, 'bin', program));
  return programs.find((path) => existsSync(path)) || null;
}

/**
 * Runs the program on the installed Node: arguments, streams, terminal and environment are this process's, and so are
 * exit code and signals. Exit code 2, and one line, where there is none or it does not start.
 */
export function runOnLaterNode(needed: string): void {
  const node = installedNode();
  if (node === null) {
    refuse(
      needed,
      'install a later one, or run `npm ci` in the folder of battbuild, which brings one for Linux',
    );
    return;
  }
  const args = process.execArgv.concat(
    fileURLToPath(new URL('main.js', import.meta.url)),
    process.argv.slice(2),
  );
  const child = spawn(node, args, { stdio: 'inherit' });
  let received: NodeJS.Signals | null = null;
  const forward = (signal: NodeJS.Signals, as: NodeJS.Signals) => {
    process.on(signal, () => {
      received = signal;
      child.kill(as);
    });
  };
  // A terminal's Ctrl-C reaches the child, too: a second SIGINT would be a second Ctrl-C.
  forward('SIGINT', 'SIGTERM');
  forward('SIGTERM', 'SIGTERM');
  forward('SIGHUP', 'SIGHUP');
  child.on('error', (error) => refuse(needed, `${node} does not start: ${error.message}`));
  child.on('exit', (code, signal) => {
    if (signal === null) {
      process.exitCode = code === null ? USAGE : code;
      return;
    }
    const end = received === null ? signal : received;
    process.removeAllListeners(end);
    process.kill(process.pid, end);
  });
}

function refuse(needed: string, hint: string): void {
  process.stderr.write(
    `error: battbuild needs Node ${needed} or later, and this is ${process.version}: ${hint}\n`,
  );
  process.exitCode = USAGE;
}

/**
 * What a Node that is too old does: it runs the program on the Node that is installed with it (for Linux,
 * package.json has one as an optional dependency), or prints what is needed.
 */
// Without the prefix `node:`, which Node has only since 14.18.
// biome-ignore-start lint/style/useNodejsImportProtocol: older Nodes do not know it
import { spawn } from 'child_process';
import { existsSync } from 'fs';
import { dirname, join } from 'path';
import { fileURLToPath } from 'url';

// biome-ignore-end lint/style/useNodejsImportProtocol: older Nodes do not know it

const USAGE = 2;

const MAIN = fileURLToPath(new URL('main.js', import.meta.url));

/** The folder of package.json. */
const ROOT = dirname(dirname(dirname(MAIN)));

/**
 * The executable of the Node that was installed with battbuild, or null if there is none for this system. In a
 * checkout its package is below the root; if battbuild is itself an installed package, it is beside it.
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
 * Runs the program on the installed Node, with this process's arguments, streams, terminal and environment; passes on
 * exit code and signals. If there is no such Node, or if it does not start, the exit code is 2, with one line of
 * explanation.
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
  // The terminal sends Ctrl-C to the child too. Passing SIGINT on would look like a second Ctrl-C.
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

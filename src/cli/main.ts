/** Runs the command that the arguments name, and sets the exit code. */
import { runCommandLine } from './command-line.js';
import { processContext } from './process/context.js';
import { EXIT } from './process/exit.js';

let unwritten: NodeJS.ErrnoException | null = null;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader of stdout may stop reading (`| head`). Then nobody needs the rest, and that is no error.
  if (error.code !== 'EPIPE') unwritten = error;
});
// If stderr fails, nothing can be reported.
process.stderr.on('error', () => {});

// Not awaited: a module with top-level await cannot be loaded by `require`, which is faster than `import`.
void runCommandLine(process.argv.slice(2), processContext()).then((code) => {
  process.exitCode = code;
  process.once('beforeExit', () => {
    if (unwritten === null) return;
    process.stderr.write(`error: the output could not be written: ${unwritten.message}\n`);
    process.exitCode = code === EXIT.done ? EXIT.inputs : code;
  });
});

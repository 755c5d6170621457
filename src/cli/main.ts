/** Runs the command that the arguments name, and sets the exit code. */
import { runCommandLine } from './command-line.js';
import { processContext } from './context.js';
import { EXIT } from './exit.js';

let unwritten: NodeJS.ErrnoException | null = null;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever reads our output may stop reading (`| head`): then the rest of it is for nobody, and no error.
  if (error.code !== 'EPIPE') unwritten = error;
});
// Where nothing can be said, there is nothing to say.
process.stderr.on('error', () => {});

// Not awaited: a module that waits cannot be required, and requiring is the faster way to load one.
void runCommandLine(process.argv.slice(2), processContext()).then((code) => {
  process.exitCode = code;
  process.once('beforeExit', () => {
    if (unwritten === null) return;
    process.stderr.write(`error: the output could not be written: ${unwritten.message}\n`);
    process.exitCode = code === EXIT.done ? EXIT.inputs : code;
  });
});

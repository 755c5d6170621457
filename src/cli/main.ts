#!/usr/bin/env node
import { runCommandLine } from './command-line.js';
/** The way in: runs the command that the arguments name, and sets the exit code. */
import { processContext } from './context.js';

// Whoever reads our output may stop reading (`| head`): then the rest of it is for nobody, and no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await runCommandLine(process.argv.slice(2), processContext());

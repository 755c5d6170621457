/** Measures the figures of docs/performance.md and prints each as one JSON line. */
import { say } from './figures/bench.js';
import { deleteDiscarded } from './measure/discard.js';
import { printFigure, Unmeasurable } from './measure/figure.js';
import { type Asked, askedBy, USAGE } from './options.js';

/** Null after printing what is wrong with the arguments. */
function asked(): Asked[] | null {
  try {
    return askedBy(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof RangeError || (error instanceof TypeError && 'code' in error))) throw error;
    say(`${error.message}\n${USAGE}`);
    process.exitCode = 2;
    return null;
  }
}

const figures = asked() ?? [];
for (const [k, { name, bench, options }] of figures.entries()) {
  say(`measuring ${k + 1} of ${figures.length}: ${name}`);
  try {
    for (const figure of await bench(options)) printFigure(figure);
  } catch (error) {
    if (!(error instanceof Unmeasurable)) throw error;
    say(`skipped: ${error.message}`);
    process.exitCode = 1;
  }
}
deleteDiscarded();

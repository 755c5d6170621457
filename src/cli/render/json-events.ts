/** Events as JSON, one object a line: what `build --json` and `watch --json` print. */

import type { Summary } from '../../observe/event.js';
import { jsonText } from '../../text/json-text.js';
import type { WatchEvent } from '../../watch/watch-event.js';

export function eventLine(event: WatchEvent): string {
  return `${jsonText(event.type === 'summary' ? inContractOrder(event) : event)}\n`;
}

/**
 * Keys and their order are a contract (pipeline.md, "Machine-readable contracts"). Additional keys of battbuild come
 * last.
 */
function inContractOrder(summary: Summary): object {
  const { tasks, candidates, programs, behaviours, cells, cellsRun, solved, partly, unsolved } = summary;
  const {
    phases,
    wallMs,
    diagnostics,
    published,
    publishedChanged,
    interrupted,
    outcomes,
    mostFolded,
    strays,
    publishedLinks,
    pythonPrograms,
    queue,
    remote,
  } = summary;
  const counts = { tasks, candidates, programs, behaviours, cells, cellsRun, solved, partly, unsolved };
  const contract = { type: 'summary', ...counts, phases, wallMs, diagnostics };
  return {
    ...contract,
    published,
    publishedChanged,
    interrupted,
    outcomes,
    mostFolded,
    strays,
    publishedLinks,
    // Without programs in Python, nothing about Python is shown.
    ...(pythonPrograms === 0 ? {} : { pythonPrograms }),
    ...(queue === undefined ? {} : { queue }),
    ...(remote === undefined ? {} : { remote }),
  };
}

/** Messages to the user about the queue. */
import type { Diagnostic, DiagnosticCode } from '../diagnostic.js';
import type { OutletTrouble } from '../workers/outlet.js';
import type { Origin } from '../workspace/workspace.js';

const CODES: Readonly<Record<OutletTrouble['kind'], DiagnosticCode>> = {
  unreachable: 'QUEUE001',
  'other-version': 'QUEUE002',
  'different-answer': 'QUEUE003',
  'no-python': 'QUEUE004',
};

/** `origin`: where the queue's address comes from. */
export function troubleFrom({ kind, message, hint }: OutletTrouble, origin: Origin): Diagnostic {
  const place = placeOf(origin);
  // Those who start workers decide whether they take Python.
  const severity = kind === 'no-python' ? 'note' : 'warning';
  return { code: CODES[kind], severity, ...place, column: null, message, hint };
}

function placeOf(origin: Origin): Pick<Diagnostic, 'file' | 'line'> {
  switch (origin.kind) {
    case 'file':
      return { file: origin.file, line: origin.line };
    case 'flag':
      return { file: origin.flag, line: null };
    case 'environment':
      return { file: origin.variable, line: null };
    case 'default':
      return { file: '.', line: null };
  }
}

/** `place`: the URL of the server, without user and password. */
export function unreachable(place: string, why: string): OutletTrouble {
  return {
    kind: 'unreachable',
    message: `the queue at ${place} cannot be reached: ${why}`,
    hint: 'everything is evaluated here; the next build tries again',
  };
}

export function otherVersion(place: string, machines: readonly string[]): OutletTrouble {
  return {
    kind: 'other-version',
    message: `the queue at ${place} has workers (${machines.join(', ')}), but none of this version of battbuild`,
    hint: 'install the same version there, and start battbuild worker again',
  };
}

export function differentAnswer(worker: string): OutletTrouble {
  return {
    kind: 'different-answer',
    message: `worker ${worker} gave another answer than this machine; it is not used any more`,
    hint: 'battbuild verify --recompute 10% checks what is stored',
  };
}

export function noPython(place: string, machines: readonly string[]): OutletTrouble {
  return {
    kind: 'no-python',
    message: `the queue at ${place} has workers (${machines.join(', ')}), but none that takes programs in Python of this version of battbuild`,
    hint: 'programs in Python run here; battbuild worker --with-python takes them',
  };
}

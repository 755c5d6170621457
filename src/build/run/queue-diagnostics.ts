/** Trouble with workers elsewhere, as diagnostics: said where the queue is configured. */
import type { Diagnostic, DiagnosticCode } from '../../diagnostic.js';
import type { OutletTrouble } from '../../workers/outlet.js';
import type { Origin } from '../../workspace/workspace.js';

const CODES: Readonly<Record<OutletTrouble['kind'], DiagnosticCode>> = {
  unreachable: 'QUEUE001',
  'other-version': 'QUEUE002',
  'different-answer': 'QUEUE003',
};

/** `origin`: where the queue's address comes from. */
export function queueTroubleFrom({ kind, message, hint }: OutletTrouble, origin: Origin): Diagnostic {
  const place = placeOf(origin);
  return { code: CODES[kind], severity: 'warning', ...place, column: null, message, hint };
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

/** Trouble with workers elsewhere, as diagnostics: said where the queue is configured. */
import type { Diagnostic, DiagnosticCode } from '../../diagnostic.js';
import type { OutletTrouble } from '../../workers/outlet.js';
import type { Workspace } from '../../workspace/workspace.js';

const CODES: Readonly<Record<OutletTrouble['kind'], DiagnosticCode>> = {
  unreachable: 'QUEUE001',
  'other-version': 'QUEUE002',
  'different-answer': 'QUEUE003',
};

export function queueTrouble(
  { kind, message, hint }: OutletTrouble,
  { settings }: Pick<Workspace, 'settings'>,
): Diagnostic {
  const { origin } = settings.queue;
  const place =
    origin.kind === 'file'
      ? { file: origin.file, line: origin.line }
      : { file: origin.kind === 'flag' ? origin.flag : variableIn(origin), line: null };
  return { code: CODES[kind], severity: 'warning', ...place, column: null, message, hint };
}

function variableIn(origin: { readonly kind: string; readonly variable?: string }): string {
  return origin.variable ?? '.';
}

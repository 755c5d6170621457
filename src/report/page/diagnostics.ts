/** Draws diagnostics, each with its position and hint. */
import type { ReportedDiagnostic } from '../data.js';
import { element } from './dom.js';

export function diagnosticList(diagnostics: readonly ReportedDiagnostic[]): HTMLElement {
  return element('ul', { class: 'diagnostics' }, ...diagnostics.map(diagnosticItem));
}

function diagnosticItem(diagnostic: ReportedDiagnostic): HTMLElement {
  const { severity, code, file, line, column, message, hint } = diagnostic;
  const place = [file, line, column].filter((part) => part !== null).join(':');
  return element(
    'li',
    { class: severity },
    element('b', {}, `${severity} ${code} `),
    element('code', {}, place),
    ` ${message}`,
    hint === null ? null : element('div', { class: 'quiet' }, hint),
  );
}

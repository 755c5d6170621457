/** The entry of a diagnostic code as text: its meaning, and an example with its message. */
import type { ErrorEntry } from '../error-entries.js';
import type { Style } from './style.js';

const INDENT = '    ';

export function errorEntryLines({ code, meaning, text }: ErrorEntry, style: Style): string[] {
  const lines = [`${style.apply('bold', code)}: ${meaning}`];
  let isInBlock = false;
  for (const line of text.split('\n')) {
    const fence = /^```(\w*)$/.exec(line);
    if (fence === null) lines.push(isInBlock && line !== '' ? INDENT + line : line);
    else {
      isInBlock = fence[1] !== '';
      lines.push('', ...(isInBlock ? [style.apply('dim', captionOf(code, fence[1]))] : []));
    }
  }
  return lines.filter((line, k) => line !== '' || (lines[k - 1] !== '' && k < lines.length - 1));
}

/** The kind of a code block, as the beginning of docs/errors.md defines it. */
function captionOf(code: string, language: string): string {
  if (language === 'text') return 'prints';
  if (language === 'sh') return 'typed in a workspace';
  if (language === 'python') return 'for example, in solvers/example.py';
  return `for example, in ${code.startsWith('CONF') ? 'config/battbuild.json' : 'tasks/example.json'}`;
}

/** HTML templates: only the text of a template is markup, and every value is escaped. */
import { printable } from '../../text/printable.js';

/** Finished HTML, which only `html` creates. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Inserted = Markup | string | number | null | readonly Inserted[];

/** A template. Its values are text, HTML that it made, or lists of these; null is nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Inserted[]): Markup {
  let text = parts[0];
  values.forEach((value, k) => {
    text += textOf(value) + parts[k + 1];
  });
  return new Markup(text);
}

function textOf(value: Inserted): string {
  if (value === null) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return escaped(printable(value));
  return value.map(textOf).join('');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes text for element contents and for attributes in quotes. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character]);
}

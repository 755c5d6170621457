/** Colours of text, decided once for each stream. */
import { styleText } from 'node:util';

export type Format = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan' | 'magenta';

export class Style {
  /** Whether the stream shows colours at all. */
  readonly colored: boolean;

  constructor(
    /** Colour depth in bits: 1, 4, 8 or 24. */
    readonly depth: number,
  ) {
    this.colored = depth > 2;
  }

  apply(format: Format, text: string): string {
    return this.colored ? styleText(format, text, { validateStream: false }) : text;
  }
}

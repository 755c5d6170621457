/** A chart of one figure over the runs: SVG without a script. */
import { html, type Markup } from './markup.js';

/** One number for each run, from left to right; null for a run without one. */
export interface RunSeries {
  /** The title, and the numbers of the runs. */
  readonly name: string;
  readonly runs: readonly number[];
  readonly values: readonly (number | null)[];
  /** A class of the style sheet that sets the colour. */
  readonly kind: 'rate' | 'saved' | 'wall' | 'cpu';
  /** The value at the upper edge; by default the highest. */
  readonly top?: number;
  readonly written: (value: number) => string;
}

const WIDTH = 380;
const HEIGHT = 110;
const LEFT = 66;
const BASE = HEIGHT - 16;
const ROOM = HEIGHT - 24;
const WIDEST_BAR = 28;

export function runChart({ name, runs, values, kind, top: given, written }: RunSeries): Markup {
  const top = given ?? (Math.max(0, ...values.map((value) => value ?? 0)) || 1);
  const step = (WIDTH - LEFT) / Math.max(1, runs.length);
  const middle = (k: number) => (LEFT + (k + 0.5) * step).toFixed(1);
  const width = Math.max(1, Math.min(WIDEST_BAR, step * 0.7));
  const bars = values.map((value, k) => {
    if (value === null) return null;
    const tall = Math.max(value > 0 ? 1 : 0, (value / top) * ROOM);
    return html`<rect class="fill ${kind}" x="${(Number(middle(k)) - width / 2).toFixed(1)}" y="${(BASE - tall).toFixed(1)}" width="${width.toFixed(1)}" height="${tall.toFixed(1)}"><title>run ${runs[k]}: ${name} ${written(value)}</title></rect>`;
  });
  const edges = [0, top].map((value) => {
    const y = BASE - (value / top) * ROOM;
    return html`<line class="axis" x1="${LEFT}" x2="${WIDTH}" y1="${y}" y2="${y}"/><text class="figure" x="${LEFT - 8}" y="${y + 4}" text-anchor="end">${written(value)}</text>`;
  });
  const ends = runs.length > 1 ? [0, runs.length - 1] : [0];
  const names = ends.map(
    (k) =>
      html`<text class="figure" x="${middle(k)}" y="${HEIGHT - 2}" text-anchor="middle">run ${runs[k]}</text>`,
  );
  const last = values.findLast((value) => value !== null);
  const label = `${name} over ${runs.length} runs${last == null ? '' : `; last ${written(last)}`}`;
  return html`<svg class="chart" role="img" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-label="${label}">${edges}${bars}${names}</svg>`;
}

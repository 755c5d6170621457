/** Charts in SVG: bars and lines, as wide as the space they get. */
import { count, duration, percent } from '../../../text/amounts.js';
import type { PhaseFigures, RunFigures } from '../../data.js';
import { svg } from '../dom.js';

/** Parts of a whole, side by side; `kind` is a class of the style sheet. */
export function shareBar(
  label: string,
  parts: readonly { readonly kind: string; readonly name: string; readonly value: number }[],
): SVGSVGElement {
  const total = parts.reduce((sum, { value }) => sum + value, 0);
  let x = 0;
  const bars = parts
    .filter(({ value }) => value > 0)
    .map(({ kind, name, value }) => {
      const width = (value / total) * 100;
      const bar = svg(
        'rect',
        { class: `fill ${kind}`, x, y: 0, width, height: 22 },
        svg('title', {}, `${name}: ${count(value)}`),
      );
      x += width;
      return bar;
    });
  return chart(label, 100, 22, bars, 'bar');
}

/** In pixels. A chart is not scaled, so that its text has the same size as other text. */
const WIDEST = 640;
const NARROWEST = 270;
const AROUND = 80;
const PHASE_HEIGHT = 34;
const LABELS = 76;
const FIGURES = 120;

/** Two bars for each phase: wall time and CPU time. */
export function phaseChart(phases: readonly PhaseFigures[]): SVGSVGElement {
  const longest = Math.max(1e-9, ...phases.flatMap(({ wallMs, cpuMs }) => [wallMs, cpuMs]));
  const room = document.documentElement.clientWidth - AROUND;
  const wide = Math.max(NARROWEST, Math.min(WIDEST, room));
  const scale = (wide - LABELS - FIGURES) / longest;
  const rows = phases.map(({ phase, wallMs, cpuMs }, k) => {
    const y = k * PHASE_HEIGHT;
    const bar = (kind: string, ms: number, at: number) => [
      svg('rect', {
        class: `fill ${kind}`,
        x: LABELS,
        y: y + at,
        width: Math.max(1, ms * scale),
        height: 11,
        rx: 2,
      }),
      svg(
        'text',
        { class: 'figure', x: LABELS + Math.max(1, ms * scale) + 6, y: y + at + 10 },
        `${kind === 'wall' ? 'wall' : 'CPU'} ${duration(ms)}`,
      ),
    ];
    return svg(
      'g',
      {},
      svg('text', { class: 'label', x: LABELS - 8, y: y + 18, 'text-anchor': 'end' }, phase),
      ...bar('wall', wallMs, 2),
      ...bar('cpu', cpuMs, 15),
    );
  });
  const labels = phases.map(
    ({ phase, wallMs, cpuMs }) => `${phase} ${duration(wallMs)} wall, ${duration(cpuMs)} CPU`,
  );
  return chart(`Time by phase: ${labels.join('; ')}`, wide, phases.length * PHASE_HEIGHT, rows);
}

const PLOT_WIDTH = 380;
const PLOT_HEIGHT = 110;
const LEFT = 78;

/** One number for each run, from left to right; null for a run without one. */
interface Series {
  readonly kind: 'line' | 'bars';
  readonly name: string;
  readonly values: readonly (number | null)[];
  /** The value at the upper edge. */
  readonly top: number;
  readonly written: (value: number) => string;
}

export function hitRateChart(runs: readonly RunFigures[]): SVGSVGElement {
  const values = runs.map(({ hitRate }) => hitRate);
  return runChart(runs, { kind: 'line', name: 'hit rate', values, top: 1, written: percent });
}

export function savedChart(runs: readonly RunFigures[]): SVGSVGElement {
  const values = runs.map(({ savedMs }) => savedMs);
  const top = Math.max(1, ...values);
  return runChart(runs, { kind: 'bars', name: 'time saved', values, top, written: duration });
}

export function wallChart(runs: readonly RunFigures[]): SVGSVGElement {
  const values = runs.map(({ wallMs }) => wallMs);
  const top = Math.max(1, ...values);
  return runChart(runs, { kind: 'bars', name: 'wall time', values, top, written: duration });
}

function runChart(runs: readonly RunFigures[], series: Series): SVGSVGElement {
  const { kind, name, values, top, written } = series;
  const step = (PLOT_WIDTH - LEFT) / Math.max(1, runs.length);
  const middle = (k: number) => LEFT + (k + 0.5) * step;
  const height = (value: number) => (value / top) * (PLOT_HEIGHT - 24);
  const base = PLOT_HEIGHT - 16;
  const marks = values.flatMap((value, k): SVGElement[] => {
    if (value === null) return [];
    const title = svg('title', {}, `run ${runs[k].run}: ${name} ${written(value)}`);
    if (kind === 'line') {
      return [svg('circle', { class: 'fill rate', cx: middle(k), cy: base - height(value), r: 3 }, title)];
    }
    const width = Math.max(1, Math.min(28, step * 0.7));
    const tall = Math.max(value > 0 ? 1 : 0, height(value));
    const box = { x: middle(k) - width / 2, y: base - tall, width, height: tall };
    return [svg('rect', { class: `fill ${name === 'time saved' ? 'saved' : 'wall'}`, ...box }, title)];
  });
  const points = values.flatMap((value, k) =>
    value === null ? [] : [`${middle(k)},${base - height(value)}`],
  );
  const curve = kind === 'line' ? [svg('polyline', { class: 'curve', points: points.join(' ') })] : [];
  const edge = (value: number) =>
    svg(
      'text',
      { class: 'figure', x: LEFT - 8, y: base - height(value) + 4, 'text-anchor': 'end' },
      written(value),
    );
  const axis = [0, 1].map((share) => {
    const y = base - height(top * share);
    return svg('line', { class: 'axis', x1: LEFT, x2: PLOT_WIDTH, y1: y, y2: y });
  });
  const ends = runs.length === 0 ? [] : [runs[0], ...(runs.length > 1 ? [runs[runs.length - 1]] : [])];
  const names = ends.map(({ run }, k) => {
    // Labels are at the edges: the middle of a narrow bar would leave too little room.
    const [x, anchor] = k === 0 ? [LEFT, 'start'] : [PLOT_WIDTH, 'end'];
    return svg('text', { class: 'figure', x, y: PLOT_HEIGHT - 2, 'text-anchor': anchor }, `run ${run}`);
  });
  const last = values.findLast((value) => value !== null);
  const label = `${name} over ${runs.length} runs${last == null ? '' : `; in the last one ${written(last)}`}`;
  return chart(label, PLOT_WIDTH, PLOT_HEIGHT, [...axis, edge(0), edge(top), ...curve, ...marks, ...names]);
}

function chart(
  label: string,
  width: number,
  height: number,
  parts: readonly SVGElement[],
  kind = '',
): SVGSVGElement {
  const box = { viewBox: `0 0 ${width} ${height}`, class: `chart ${kind}`, role: 'img', 'aria-label': label };
  // A bar without text may take all the available width.
  const fit = kind === 'bar' ? { preserveAspectRatio: 'none' } : {};
  return svg('svg', { ...box, ...fit }, ...parts);
}

/** Draws grids in the ARC palette on canvases; cells that are not as expected are marked. */
import { element } from '../dom.js';
import { type Rows, widthOf } from './grid-rows.js';

const PALETTE = [
  '#000000',
  '#0074D9',
  '#FF4136',
  '#2ECC40',
  '#FFDC00',
  '#AAAAAA',
  '#F012BE',
  '#FF851B',
  '#7FDBFF',
  '#870C25',
];
const LINES = '#555555';
/** An entry that is no colour. */
const NO_COLOR = '#5b4a6b';

/** Colours on which black is read more easily than white. */
const LIGHT = new Set([3, 4, 5, 7, 8]);

export interface PictureOptions {
  /** Pixels of the side of a cell. */
  readonly cell: number;
  /** Cells that differ from it are marked; null: none are. */
  readonly reference: Rows | null;
  /** Draw this instead where it differs: half of a cell shows what is there, half what should be; what agrees is pale. */
  readonly overlay?: boolean;
  /** Numbers of rows and columns at the edges, from 0. */
  readonly numbered?: boolean;
  /** Write the number into each cell that is large enough. */
  readonly digits: boolean;
  /** What is drawn, for those who do not see it. */
  readonly label: string;
}

/** A canvas with the grid on it, and its digits as text for those who do not see. */
export function gridPicture(rows: Rows, options: PictureOptions): HTMLCanvasElement {
  const { cell, reference, digits, label, overlay = false, numbered = false } = options;
  const margin = numbered ? RULER : 0;
  const width = Math.max(1, widthOf(rows)) * cell + 1 + margin;
  const height = Math.max(1, rows.length) * cell + 1 + margin;
  const scale = window.devicePixelRatio;
  const text = rows.map((row) => row.join(' ')).join(' / ');
  const canvas = element(
    'canvas',
    { class: 'grid', role: 'img', 'aria-label': label, width: width * scale, height: height * scale },
    text,
  );
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const pen = canvas.getContext('2d');
  if (pen === null) return canvas;
  pen.scale(scale, scale);
  if (numbered) drawRulers(pen, rows, cell);
  pen.translate(margin, margin);
  pen.fillStyle = LINES;
  if (rows.length > 0) pen.fillRect(0, 0, width - margin, height - margin);
  // Lines between small cells would leave little of them.
  const line = cell >= 5 ? 1 : 0;
  rows.forEach((row, i) => {
    row.forEach((color, j) => {
      const [x, y, inner] = [j * cell + line, i * cell + line, cell - line];
      pen.fillStyle = PALETTE[color] ?? NO_COLOR;
      pen.fillRect(x, y, inner, inner);
      const wanted = reference?.[i]?.[j];
      const differs = reference !== null && wanted !== color;
      if (overlay && differs) splitCell(pen, wanted ?? -1, x, y, inner);
      else if (overlay) paleCell(pen, x, y, inner);
      if (digits || PALETTE[color] === undefined) writeDigit(pen, color, x, y, inner);
      if (differs && !overlay) markCell(pen, color, x, y, inner);
    });
  });
  return canvas;
}

/** Pixels at the left and above, for numbers. */
const RULER = 26;

/** As many numbers as there is room for. */
function drawRulers(pen: CanvasRenderingContext2D, rows: Rows, cell: number): void {
  pen.fillStyle = getComputedStyle(document.documentElement).color;
  pen.font = '11px ui-monospace, monospace';
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  const step = [1, 2, 5, 10, 20, 50].find((one) => one * cell >= 18) ?? 100;
  for (let j = 0; j < widthOf(rows); j += step) {
    pen.fillText(String(j), RULER + (j + 0.5) * cell, RULER / 2, Math.max(cell * step, 16));
  }
  for (let i = 0; i < rows.length; i += step)
    pen.fillText(String(i), RULER / 2, RULER + (i + 0.5) * cell, RULER - 4);
}

/** The lower half shows what should be there. */
function splitCell(pen: CanvasRenderingContext2D, wanted: number, x: number, y: number, size: number): void {
  pen.fillStyle = PALETTE[wanted] ?? NO_COLOR;
  pen.beginPath();
  pen.moveTo(x + size, y);
  pen.lineTo(x + size, y + size);
  pen.lineTo(x, y + size);
  pen.fill();
  pen.strokeStyle = '#ffffff';
  pen.lineWidth = 1;
  if (size >= 5) pen.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1);
}

/** Agrees: it steps back behind what differs. */
function paleCell(pen: CanvasRenderingContext2D, x: number, y: number, size: number): void {
  pen.fillStyle = 'rgb(128 128 128 / 72%)';
  pen.fillRect(x, y, size, size);
}

function inkOf(color: number): string {
  return LIGHT.has(color) ? '#000000' : '#ffffff';
}

function writeDigit(pen: CanvasRenderingContext2D, color: number, x: number, y: number, size: number): void {
  if (size < 8) return;
  pen.fillStyle = inkOf(color);
  pen.font = `${Math.min(12, Math.floor(size * 0.7))}px ui-monospace, monospace`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(String(color), x + size / 2, y + size / 2 + 0.5, size);
}

/** A frame in the ink of the colour with a stroke through it: seen on every colour, and without seeing colours. */
function markCell(pen: CanvasRenderingContext2D, color: number, x: number, y: number, size: number): void {
  pen.strokeStyle = inkOf(color);
  pen.lineWidth = size >= 10 ? 1.5 : 1;
  pen.strokeRect(x + 1, y + 1, size - 2, size - 2);
  pen.beginPath();
  pen.moveTo(x + 1, y + size - 1);
  pen.lineTo(x + size - 1, y + 1);
  pen.stroke();
}

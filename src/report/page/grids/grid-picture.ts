/** Draws grids in the ARC palette on canvases, and marks cells that are not as expected. */
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

/** Colours on which black is easier to read than white. */
const LIGHT = new Set([3, 4, 5, 7, 8]);

export interface PictureOptions {
  /** Size of a cell in pixels. */
  readonly cell: number;
  /** Cells that differ from this grid are marked; null for no marks. */
  readonly reference: Rows | null;
  /**
   * Draw this grid together with the other: in cells that differ, one half shows the actual colour and the other half
   * the expected one. Cells that agree are pale.
   */
  readonly overlay?: boolean;
  /** Show row and column numbers at the edges, from 0. */
  readonly numbered?: boolean;
  /** Write the digit into each cell that is large enough. */
  readonly digits: boolean;
  /** Description of the picture for screen readers. */
  readonly label: string;
}

/** A canvas with the grid on it, and a description for screen readers. */
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
  // In small cells, lines would cover most of the area.
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

/** Pixels at the left and at the top for numbers. */
const RULER = 26;

/** As many numbers as fit. */
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

/** The lower half shows the expected colour. */
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

/** A pale cell: it agrees, and leaves attention to cells that differ. */
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

/**
 * A frame with a stroke through it, in an ink that is visible on the colour; it can be seen without distinguishing
 * colours.
 */
function markCell(pen: CanvasRenderingContext2D, color: number, x: number, y: number, size: number): void {
  pen.strokeStyle = inkOf(color);
  pen.lineWidth = size >= 10 ? 1.5 : 1;
  pen.strokeRect(x + 1, y + 1, size - 2, size - 2);
  pen.beginPath();
  pen.moveTo(x + 1, y + size - 1);
  pen.lineTo(x + size - 1, y + 1);
  pen.stroke();
}

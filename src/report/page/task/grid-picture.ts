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
  /** Write the number into each cell that is large enough. */
  readonly digits: boolean;
  /** What is drawn, for those who do not see it. */
  readonly label: string;
}

/** A canvas with the grid on it, and its digits as text for those who do not see. */
export function gridPicture(rows: Rows, options: PictureOptions): HTMLCanvasElement {
  const { cell, reference, digits, label } = options;
  const width = Math.max(1, widthOf(rows)) * cell + 1;
  const height = Math.max(1, rows.length) * cell + 1;
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
  pen.fillStyle = LINES;
  if (rows.length > 0) pen.fillRect(0, 0, width, height);
  // Lines between small cells would leave little of them.
  const line = cell >= 5 ? 1 : 0;
  rows.forEach((row, i) => {
    row.forEach((color, j) => {
      const [x, y, inner] = [j * cell + line, i * cell + line, cell - line];
      pen.fillStyle = PALETTE[color] ?? NO_COLOR;
      pen.fillRect(x, y, inner, inner);
      if (digits || PALETTE[color] === undefined) writeDigit(pen, color, x, y, inner);
      if (reference !== null && reference[i]?.[j] !== color) markCell(pen, color, x, y, inner);
    });
  });
  return canvas;
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

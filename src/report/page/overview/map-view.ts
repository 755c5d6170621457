/**
 * The map of all tasks by solvers: the colour of a cell shows a program's result on a task. Keys and the pointer move
 * a selection over it.
 */
import { plural } from '../../../text/amounts.js';
import type { Overview, TaskHead } from '../../data.js';
import { element, fill } from '../dom.js';
import { taskHash } from '../route.js';
import { STATES } from '../task/verdict.js';
import { type Arrangement, arrange, type MapRow, ORDERS, type Order } from './map-arrangement.js';

/** In pixels. */
const WIDEST_LABEL = 150;
const LABELLED_HEIGHT = 13;
const LARGEST_CELL = { width: 26, height: 16 };
const HEAD = 16;
const EDGE = 10;
/** A canvas has a maximum size; with more tasks, rows are lower. */
const TALLEST = 7000;

const FONT = '11px system-ui, sans-serif';

/** Every fifth rank has a label above its column. */
const MARKED_RANKS = 5;

interface Sizes {
  readonly labels: number;
  readonly columns: number;
  /** Of a cell. */
  readonly width: number;
  readonly height: number;
}

/** The reader's choices, and the selected cell. */
export interface MapChoice {
  readonly arrangement: Arrangement;
  readonly order: Order;
  readonly row: number;
  readonly column: number;
}

export class MapView {
  readonly element: HTMLElement;
  private readonly canvas = element('canvas', {
    class: 'map',
    tabindex: 0,
    role: 'application',
    'aria-label': 'map of tasks by solvers: arrow keys move, Enter opens the task',
  });
  private readonly status = element('p', { class: 'map-status', 'aria-live': 'polite' });
  private readonly swatches = new Map<string, HTMLElement>();
  private readonly cursor = element('div', { class: 'cursor' });
  private readonly place = element('div', { class: 'map-place' }, this.canvas, this.cursor);
  private sizes: Sizes = { labels: 0, columns: 0, width: 1, height: 1 };
  private rows: readonly MapRow[] = [];
  private row = 0;
  private column = 0;
  private arrangement: Arrangement;
  private order: Order = 'id';

  constructor(
    private readonly overview: Overview,
    private readonly tasks: readonly TaskHead[],
    private readonly open: (hash: string) => void,
    choice?: MapChoice,
  ) {
    const isShared = overview.sharedSolvers.length > 0;
    this.arrangement = isShared ? (choice?.arrangement ?? 'solver') : 'rank';
    if (choice !== undefined) ({ order: this.order, row: this.row, column: this.column } = choice);
    this.element = element(
      'div',
      { class: 'map-view' },
      element('h1', { tabindex: -1 }, 'Tasks by solvers'),
      element('div', { class: 'controls' }, ...this.controls()),
      this.legend(),
      this.status,
      this.place,
    );
    this.canvas.addEventListener('keydown', (event) => this.onKey(event));
    this.canvas.addEventListener('pointermove', (event) => this.pointAt(event));
    this.canvas.addEventListener('click', (event) => {
      if (this.pointAt(event)) this.openCell();
    });
    new ResizeObserver(() => this.draw()).observe(this.place);
  }

  get choice(): MapChoice {
    const { arrangement, order, row, column } = this;
    return { arrangement, order, row, column };
  }

  /** Redraws the map after a change of width or colours. */
  draw(): void {
    const pen = this.canvas.getContext('2d');
    if (pen === null) return;
    this.rows = arrange(this.tasks, this.arrangement, this.order);
    this.sizes = this.fit(pen);
    const { labels, columns, width, height } = this.sizes;
    const scale = window.devicePixelRatio;
    const [wide, tall] = [labels + columns * width + EDGE, HEAD + this.rows.length * height];
    this.canvas.width = wide * scale;
    this.canvas.height = tall * scale;
    this.canvas.style.width = `${wide}px`;
    this.canvas.style.height = `${tall}px`;
    pen.scale(scale, scale);
    const colors = new Map(
      [...this.swatches].map(([state, swatch]) => [state, getComputedStyle(swatch).backgroundColor]),
    );
    this.drawTexts(pen);
    const gap = Math.min(width, height) >= 5 ? 1 : 0;
    this.rows.forEach(({ states }, i) => {
      for (let j = 0; j < states.length; j++) {
        const color = colors.get(states[j]);
        if (color === undefined) continue;
        pen.fillStyle = color;
        pen.fillRect(labels + j * width, HEAD + i * height, width - gap, height - gap);
      }
    });
    this.showCursor();
  }

  private drawTexts(pen: CanvasRenderingContext2D): void {
    const { labels, columns, width, height } = this.sizes;
    pen.font = FONT;
    pen.fillStyle = getComputedStyle(this.canvas).color;
    pen.textBaseline = 'middle';
    if (labels > 0) {
      this.rows.forEach(({ task }, i) => {
        pen.fillText(task.id, 0, HEAD + i * height + height / 2, labels - 8);
      });
    }
    if (this.arrangement !== 'rank') return;
    pen.textAlign = 'center';
    for (let rank = 1; rank <= columns; rank += rank === 1 ? MARKED_RANKS - 1 : MARKED_RANKS) {
      pen.fillText(String(rank), labels + (rank - 0.5) * width, HEAD / 2);
    }
  }

  private fit(pen: CanvasRenderingContext2D): Sizes {
    pen.font = FONT;
    const columns = this.rows.reduce((most, { states }) => Math.max(most, states.length), 0);
    const room = Math.floor(TALLEST / Math.max(1, this.rows.length));
    const height = Math.max(2, Math.min(LARGEST_CELL.height, room));
    const widest = Math.max(0, ...this.tasks.map(({ id }) => pen.measureText(id).width));
    const labels = height < LABELLED_HEIGHT ? 0 : Math.ceil(Math.min(WIDEST_LABEL, widest)) + 10;
    const share = Math.floor((this.place.clientWidth - labels - EDGE) / Math.max(1, columns));
    return { labels, columns, width: Math.max(3, Math.min(LARGEST_CELL.width, share)), height };
  }

  private showCursor(): void {
    const { labels, width, height } = this.sizes;
    const { style } = this.cursor;
    style.left = `${labels + this.column * width - 2}px`;
    style.top = `${HEAD + this.row * height - 2}px`;
    style.width = `${width + 3}px`;
    style.height = `${height + 3}px`;
    this.say();
  }

  private controls(): HTMLElement[] {
    const choose = <Value extends string>(
      label: string,
      values: readonly (readonly [Value, string])[],
      chosen: Value,
      apply: (value: Value) => void,
    ) => {
      const options = values.map(([value, text]) =>
        element('option', { value, selected: value === chosen }, text),
      );
      const select = element('select', {}, ...options);
      select.addEventListener('change', () => {
        const found = values.find(([value]) => value === select.value);
        if (found !== undefined) apply(found[0]);
        [this.row, this.column] = [0, 0];
        this.draw();
      });
      return element('label', {}, `${label} `, select);
    };
    const columns: (readonly [Arrangement, string])[] = [['rank', 'programs by rank']];
    const shared = this.overview.sharedSolvers.length;
    if (shared > 0) columns.push(['solver', `${plural(shared, 'solver')} of several tasks`]);
    return [
      choose('Columns:', columns, this.arrangement, (value) => {
        this.arrangement = value;
      }),
      choose('Rows:', ORDERS, this.order, (value) => {
        this.order = value;
      }),
    ];
  }

  private legend(): HTMLElement {
    const items = STATES.map(({ state, name }) => {
      const swatch = element('span', { class: `swatch state-${state}` });
      this.swatches.set(state, swatch);
      return element('li', {}, swatch, ` ${name}`);
    });
    return element('ul', { class: 'legend' }, ...items);
  }

  private onKey(event: KeyboardEvent): void {
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowDown: [1, 0],
      ArrowUp: [-1, 0],
      ArrowRight: [0, 1],
      ArrowLeft: [0, -1],
    };
    const move = moves[event.key];
    if (event.key === 'Enter') this.openCell();
    else if (move !== undefined) this.moveTo(this.row + move[0], this.column + move[1]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private moveTo(row: number, column: number): void {
    this.row = Math.max(0, Math.min(this.rows.length - 1, row));
    this.column = Math.max(0, Math.min(this.sizes.columns - 1, column));
    this.showCursor();
    this.cursor.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  /** False if there is no such row. Left of the cells, a position counts as the row's first cell. */
  private pointAt({ offsetX, offsetY }: MouseEvent): boolean {
    const { labels, columns, width, height } = this.sizes;
    const row = Math.floor((offsetY - HEAD) / height);
    const column = Math.floor((offsetX - labels) / width);
    if (this.rows[row] === undefined || column >= columns) return false;
    [this.row, this.column] = [row, Math.max(0, column)];
    this.showCursor();
    return true;
  }

  private openCell(): void {
    const found = this.rows[this.row];
    if (found === undefined) return;
    const isProgram = this.arrangement === 'rank' && this.column < found.states.length;
    this.open(taskHash(found.task.id, isProgram ? this.column : 0));
  }

  private say(): void {
    const found = this.rows[this.row];
    if (found === undefined) return;
    const state = STATES.find((one) => one.state === found.states[this.column]);
    const solver = this.overview.sharedSolvers[this.column];
    const what = this.arrangement === 'rank' ? `rank ${this.column + 1}` : (solver?.name ?? '');
    fill(this.status, element('b', {}, found.task.id), ` ${what}: ${state?.name ?? 'no candidate'}`);
  }
}

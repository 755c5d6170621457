/** Progress of a build in words, the same in a terminal and in a log. */
import type { Progress } from '../../observe/progress.js';
import { count, duration, plural } from '../../text/amounts.js';

/** A part of the text. If there is not room for all parts, those of the highest rank are left out first. */
interface Part {
  readonly text: string;
  readonly rank: number;
}

const SEPARATOR = '  ';

/** As much as fits in `width` columns. */
export function progressLine(progress: Progress, label: string, width: number): string {
  let parts = partsOf(progress, label);
  const lengthOf = () =>
    parts.reduce((sum, { text }) => sum + text.length, SEPARATOR.length * (parts.length - 1));
  while (parts.length > 1 && lengthOf() > width) {
    const last = Math.max(...parts.map(({ rank }) => rank));
    parts = parts.filter(({ rank }) => rank !== last);
  }
  return parts
    .map(({ text }) => text)
    .join(SEPARATOR)
    .slice(0, width);
}

/** A sentence for a log. */
export function progressSentence(progress: Progress, label: string): string {
  const words = partsOf(progress, label).map(({ text }) => text.trimEnd());
  const elapsed = `${duration(progress.elapsedMs)} so far`;
  return (progress.leftMs === null ? words : [...words, elapsed]).join(', ');
}

function partsOf(progress: Progress, label: string): Part[] {
  const { phase, files, tasks, placing, hits, cellsPerSecond, busy, jobs, elsewhere, leftMs, elapsedMs } =
    progress;
  const parts: Part[] = [{ text: phase.padEnd(8), rank: 3 }];
  if (label !== '') parts.unshift({ text: label, rank: 4 });
  if (files !== null) parts.push({ text: `${outOf(files.done, files.toDo)} files`, rank: 1 });
  if (placing !== null)
    parts.push({ text: `results are there, placing ${plural(placing, 'file')}`, rank: 1 });
  if (tasks !== null) {
    const { done, toDo, all } = tasks;
    const others = toDo === all ? '' : ` of ${count(all)}`;
    parts.push({ text: `${outOf(done, toDo)}${others} tasks`, rank: 1 });
    parts.push({ text: `${count(hits)} hits`, rank: 6 });
    if (cellsPerSecond !== null)
      parts.push({ text: `${count(Math.round(cellsPerSecond))} cells/s`, rank: 5 });
    parts.push({ text: `${outOf(busy, jobs)} workers`, rank: 7 });
    if (elsewhere !== null) {
      const { out, slots, machines } = elsewhere;
      const where = `${plural(slots, 'slot')} on ${plural(machines, 'machine')}`;
      parts.push({ text: `${count(out)} out to ${where}`, rank: 7 });
    }
  }
  parts.push({ text: leftMs === null ? duration(elapsedMs) : `${roughly(leftMs)} left`, rank: 2 });
  return parts;
}

function outOf(done: number, all: number): string {
  return `${count(done)}/${count(all)}`;
}

/** An estimated time, rounded so that it does not flicker. */
function roughly(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 20) return `${seconds} s`;
  const step = seconds < 60 ? 5 : seconds < 600 ? 10 : 60;
  return `${duration(Math.round(seconds / step) * step * 1000)}`.replace(/\.0 s$/, ' s');
}

/** Numbers, times and sizes as people read them. */

/** With a comma as the thousands separator. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 task`, `2 tasks`. */
export function plural(value: number, noun: string, nouns = `${noun}s`): string {
  return `${count(value)} ${value === 1 ? noun : nouns}`;
}

/** Milliseconds with three significant digits: `0.4 ms`, `12 ms`, `1.24 s`, `2 min 05 s`. */
export function duration(ms: number): string {
  if (ms < 0.05) return '0 ms';
  if (ms < 9.95) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 9995) return `${(ms / 1000).toFixed(2)} s`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'];

export function size(bytes: number): string {
  let unit = 0;
  let value = bytes;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 99.5 ? 0 : 1;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

/** A share from 0 to 1: `0 %`, `99.7 %`, `100 %`. It is never rounded up to 100 % nor down to 0 %. */
export function percent(share: number): string {
  if (share > 0.999 && share < 1) return '99.9 %';
  if (share > 0 && share < 0.001) return '0.1 %';
  const value = share * 100;
  return `${Number.isInteger(value) ? value : value.toFixed(1)} %`;
}

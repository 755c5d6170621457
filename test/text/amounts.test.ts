/** Numbers, times and sizes as people read them. */
import { expect, it } from 'vitest';
import { count, duration, percent, plural, size } from '../../src/text/amounts.js';

it('counts with a comma between thousands', () => {
  expect([0, 999, 1000, 1234567].map(count)).toEqual(['0', '999', '1,000', '1,234,567']);
});

it('has a singular', () => {
  expect(plural(1, 'task')).toBe('1 task');
  expect(plural(0, 'task')).toBe('0 tasks');
  expect(plural(2, 'miss', 'misses')).toBe('2 misses');
});

it('tells times with the digits that matter', () => {
  const times = [0, 0.04, 0.42, 9.96, 12.4, 999.6, 1240, 9996, 59_949, 59_960, 125_000, 3_600_000];
  expect(times.map(duration)).toEqual([
    '0 ms',
    '0 ms',
    '0.4 ms',
    '10 ms',
    '12 ms',
    '1.00 s',
    '1.24 s',
    '10.0 s',
    '59.9 s',
    '1 min 00 s',
    '2 min 05 s',
    '1 h 00 min',
  ]);
});

it('tells sizes in the unit that fits', () => {
  expect([0, 999, 1000, 57_300, 999_600, 123_456_789].map(size)).toEqual([
    '0 bytes',
    '999 bytes',
    '1.0 kB',
    '57.3 kB',
    '1.0 MB',
    '123 MB',
  ]);
});

it('never rounds a share to everything or nothing', () => {
  expect([0, 0.00001, 0.5, 0.997, 0.99999, 1].map(percent)).toEqual([
    '0 %',
    '0.1 %',
    '50 %',
    '99.7 %',
    '99.9 %',
    '100 %',
  ]);
});

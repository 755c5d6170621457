/** Addresses of views. */
import { describe, expect, it } from 'vitest';
import { parseRoute, type Route, routeHash } from '../../../src/report/page/route.js';

describe('an address', () => {
  it('leads to the view that it was made of', () => {
    const routes: readonly Route[] = [
      { view: 'overview' },
      { view: 'map' },
      { view: 'task', task: 'a-b_3', program: 0 },
      { view: 'task', task: '007bbfb7', program: 41 },
      { view: 'task', task: "Pink's view/(edit) #1 <b> 100%", program: 2 },
    ];
    for (const route of routes) expect(parseRoute(routeHash(route))).toEqual(route);
  });

  it('that is none leads to the overview', () => {
    for (const hash of ['', '#', '#/task', '#/task/', '#/task/<b>', '#/nothing']) {
      expect(parseRoute(hash)).toEqual({ view: 'overview' });
    }
  });

  it('with a rank that is none leads to the best program', () => {
    for (const rank of ['0', '-1', 'x', '1e3', '']) {
      expect(parseRoute(`#/task/t/${rank}`)).toEqual({ view: 'task', task: 't', program: 0 });
    }
  });
});

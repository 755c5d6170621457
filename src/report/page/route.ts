/** Which view is shown: the part of the address behind `#`, so that views can be bookmarked and gone back to. */

export type Route =
  | { readonly view: 'overview' }
  | { readonly view: 'map' }
  /** `program` is an index, best first. */
  | { readonly view: 'task'; readonly task: string; readonly program: number };

/** What is no address of a view is that of the overview. */
export function parseRoute(hash: string): Route {
  const [view, task, rank] = hash.replace(/^#\/?/, '').split('/');
  if (view === 'map') return { view: 'map' };
  // Ids of tasks are made of letters, digits, "_" and "-".
  if (view !== 'task' || task === undefined || !/^[\w-]+$/.test(task)) return { view: 'overview' };
  return { view: 'task', task, program: /^[1-9]\d*$/.test(rank ?? '') ? Number(rank) - 1 : 0 };
}

export function routeHash(route: Route): string {
  if (route.view === 'task') return taskHash(route.task, route.program);
  return route.view === 'map' ? '#/map' : '#/';
}

export function taskHash(task: string, program = 0): string {
  return program === 0 ? `#/task/${task}` : `#/task/${task}/${program + 1}`;
}

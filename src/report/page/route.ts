/**
 * Which view is shown: the part of the address after `#`, so that views can be bookmarked and the browser can go
 * back.
 */

export type Route =
  | { readonly view: 'overview' }
  | { readonly view: 'map' }
  /** `program` is an index, best first. */
  | { readonly view: 'task'; readonly task: string; readonly program: number };

/** Any other address is that of the overview. */
export function parseRoute(hash: string): Route {
  const [view, task, rank] = hash.replace(/^#\/?/, '').split('/');
  if (view === 'map') return { view: 'map' };
  const id = view === 'task' ? decoded(task ?? '') : '';
  if (id === '') return { view: 'overview' };
  return { view: 'task', task: id, program: /^[1-9]\d*$/.test(rank ?? '') ? Number(rank) - 1 : 0 };
}

export function routeHash(route: Route): string {
  if (route.view === 'task') return taskHash(route.task, route.program);
  return route.view === 'map' ? '#/map' : '#/';
}

export function taskHash(task: string, program = 0): string {
  const id = encodeURIComponent(task);
  return program === 0 ? `#/task/${id}` : `#/task/${id}/${program + 1}`;
}

/** Empty if it is not correctly encoded. */
function decoded(text: string): string {
  if (!/^[\w.!~*'()%-]+$/.test(text)) return '';
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

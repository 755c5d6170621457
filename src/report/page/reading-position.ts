/** Where the reader is in a part of the page that is drawn anew: what has the focus, what is unfolded, how far it is scrolled. */

/** Draws `parent` anew by `draw`, and brings the reader back to the same place as far as it is still there. */
export function keepingPlace(parent: HTMLElement, draw: () => void): void {
  const focused = pathTo(parent, document.activeElement);
  const unfolded = [...parent.querySelectorAll('details')].map(({ open }) => open);
  const inner = scrolledParts(parent).map(({ scrollTop, scrollLeft }) => ({
    top: scrollTop,
    left: scrollLeft,
  }));
  const { scrollX: left, scrollY: top } = window;
  draw();
  const details = parent.querySelectorAll('details');
  unfolded.forEach((open, k) => {
    const one = details[k];
    if (one !== undefined) one.open = open;
  });
  const element = focused === null ? null : elementAt(parent, focused);
  if (element instanceof HTMLElement) element.focus({ preventScroll: true });
  scrolledParts(parent).forEach((part, k) => {
    if (inner[k] !== undefined) part.scrollTo(inner[k]);
  });
  window.scrollTo({ left, top });
}

function scrolledParts(parent: HTMLElement): Element[] {
  return [...parent.querySelectorAll('.scroll')];
}

/** Which child of which child an element is; null when it is not within. */
function pathTo(parent: Element, element: Element | null): number[] | null {
  if (element === null || !parent.contains(element)) return null;
  const path: number[] = [];
  for (let one = element; one !== parent; one = one.parentElement as Element) {
    path.unshift([...(one.parentElement as Element).children].indexOf(one));
  }
  return path;
}

function elementAt(parent: Element, path: readonly number[]): Element | null {
  let element: Element | undefined = parent;
  for (const index of path) element = element?.children[index];
  return element ?? null;
}

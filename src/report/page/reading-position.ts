/** The reader's position in a part of the page that is redrawn: the focus, open details, and scroll positions. */

/** Redraws `parent` with `draw`, and restores the reader's position as far as possible. */
export function keepingReadingPosition(parent: HTMLElement, draw: () => void): void {
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

/** The path to an element, as indices of children; null if it is not inside. */
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

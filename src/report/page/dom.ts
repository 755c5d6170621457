/** Creates elements. Text always becomes text nodes: this page never turns a string into markup. */
import { printable } from '../../text/printable.js';

/** Null and false leave the attribute out; true sets it without a value. */
export type Attributes = Readonly<Record<string, string | number | boolean | null>>;

/** Strings are shown with unsafe characters made visible; null is nothing. */
export type Child = Node | string | null;

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  return filled(document.createElement(name), attributes, children);
}

export function svg<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Name] {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

function filled<Made extends Element>(made: Made, attributes: Attributes, children: readonly Child[]): Made {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...nodes(children));
  return made;
}

/** Replaces all children of an element. */
export function fill(parent: Element, ...children: readonly Child[]): void {
  parent.replaceChildren(...nodes(children));
}

function nodes(children: readonly Child[]): Node[] {
  return children
    .filter((child) => child !== null)
    .map((child) => (typeof child === 'string' ? document.createTextNode(printable(child)) : child));
}

/** A link within the page. */
export function link(href: string, attributes: Attributes, ...children: readonly Child[]): HTMLAnchorElement {
  return element('a', { ...attributes, href }, ...children);
}

export function button(label: string, attributes: Attributes, onClick: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', onClick);
  return made;
}

/** A section of a view with its own heading. */
export function section(id: string, title: string, ...children: readonly Child[]): HTMLElement {
  const heading = element('h2', { id }, title);
  return element('section', { class: 'card', 'aria-labelledby': id }, heading, ...children);
}

/**
 * A table with a caption for screen readers, and rows of cells; numbers are aligned to the right. A wide table can be
 * scrolled.
 */
export function table(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly Child[])[],
  numeric: readonly number[],
): HTMLElement {
  const align = (column: number) => (numeric.includes(column) ? 'number' : null);
  const made = element(
    'table',
    {},
    element('caption', { class: 'unseen' }, caption),
    element(
      'thead',
      {},
      element('tr', {}, ...head.map((text, k) => element('th', { scope: 'col', class: align(k) }, text))),
    ),
    element(
      'tbody',
      {},
      ...rows.map((row) =>
        element('tr', {}, ...row.map((cell, k) => element('td', { class: align(k) }, cell))),
      ),
    ),
  );
  return element('div', { class: 'scroll' }, made);
}

/** A part that is folded until the reader opens it. */
export function folded(summary: string, ...children: readonly Child[]): HTMLDetailsElement {
  return element('details', {}, element('summary', {}, summary), ...children);
}

/**
 * Scrolls a box, but nothing around it, until an item in it is visible; `above` pixels of the box are covered.
 * `scrollIntoView` would also move the point from which the Tab key continues.
 */
export function scrollWithin(box: Element, item: Element, above = 0): void {
  const [outer, inner] = [box.getBoundingClientRect(), item.getBoundingClientRect()];
  if (inner.top < outer.top + above) box.scrollTop -= outer.top + above - inner.top;
  else if (inner.bottom > outer.bottom) box.scrollTop += inner.bottom - outer.bottom;
}

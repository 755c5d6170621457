/** Shows inlined source with calls, names and numbers highlighted; pointing at a name highlights all its uses. */
import { element } from '../dom.js';
import { tokensOf } from './source-tokens.js';

/** `wrong` are the indices of lines with errors. */
export function sourceView(source: string, label: string, wrong: readonly number[] = []): HTMLElement {
  const lines = source.replace(/\n$/, '').split('\n');
  const code = element('code', {});
  for (const [k, line] of lines.entries()) {
    const pieces = tokensOf(line).map(({ text, kind }) => {
      if (kind === 'rest' || kind === 'keyword') return element('span', { class: kind }, text);
      return element('span', { class: kind, 'data-same': text }, text);
    });
    code.append(element('span', { class: wrong.includes(k) ? 'line wrong' : 'line' }, ...pieces), '\n');
  }
  const block = element('pre', { class: 'source', tabindex: 0, 'aria-label': label }, code);
  const light = (name: string | undefined) => {
    for (const piece of block.querySelectorAll<HTMLElement>('[data-same]')) {
      piece.classList.toggle('same', piece.dataset['same'] === name);
    }
  };
  block.addEventListener('pointerover', ({ target }) => {
    light(target instanceof HTMLElement ? target.dataset['same'] : undefined);
  });
  block.addEventListener('pointerleave', () => light(undefined));
  return block;
}

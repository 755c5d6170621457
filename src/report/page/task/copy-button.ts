/** A button that copies a text. */
import { button } from '../dom.js';

/** Milliseconds for which the button confirms the copy. */
const CONFIRMATION_MS = 1500;

/** `shown` is the element with the text. It is selected if the clipboard cannot be written. */
export function copyButton(text: string, what: string, shown: HTMLElement): HTMLButtonElement {
  const made = button('copy', { 'aria-label': `copy ${what}` }, () => {
    void copied(text, shown).then((done) => {
      made.textContent = done ? 'copied' : 'selected';
      setTimeout(() => {
        made.textContent = 'copy';
      }, CONFIRMATION_MS);
    });
  });
  return made;
}

async function copied(text: string, shown: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Some pages may not write to the clipboard: then the reader can copy the selection.
    getSelection()?.selectAllChildren(shown);
    return false;
  }
}

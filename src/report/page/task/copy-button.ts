/** A button that copies a text. */
import { button } from '../dom.js';

/** Milliseconds for which it says that it did. */
const SAID_MS = 1500;

/** `shown` is where the text stands: it is selected where the clipboard may not be written. */
export function copyButton(text: string, what: string, shown: HTMLElement): HTMLButtonElement {
  const made = button('copy', { 'aria-label': `copy ${what}` }, () => {
    void copied(text, shown).then((done) => {
      made.textContent = done ? 'copied' : 'selected';
      setTimeout(() => {
        made.textContent = 'copy';
      }, SAID_MS);
    });
  });
  return made;
}

async function copied(text: string, shown: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Not everywhere may a page write there: then what is selected can be copied by hand.
    getSelection()?.selectAllChildren(shown);
    return false;
  }
}

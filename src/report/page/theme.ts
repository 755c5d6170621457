/** Light or dark: as the system asks, until the reader chooses. */
import { button } from './dom.js';

const THEMES = ['system', 'light', 'dark'] as const;

/** A button that switches to the next theme. */
export function themeButton(changed: () => void): HTMLButtonElement {
  let theme: (typeof THEMES)[number] = 'system';
  const made = button('', { id: 'theme' }, () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
    show();
  });
  const show = () => {
    document.documentElement.dataset['theme'] = theme;
    made.textContent = `theme: ${theme}`;
    changed();
  };
  show();
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed);
  return made;
}

/** The page of a running battbuild: drawn when there is a report, and redrawn whenever there is a newer one. */
import { App } from '../app.js';
import { element, fill } from '../dom.js';
import { followLive } from './live-source.js';

export function showLive(): void {
  const status = element('span', { class: 'live quiet', role: 'status' }, 'connecting');
  const waiting = element(
    'p',
    { class: 'note' },
    'Nothing is built yet: this page shows the first build when it is finished.',
  );
  document.body.append(waiting);
  let app: App | null = null;
  let updated = '';
  let connected = false;
  const say = () => {
    const since = updated === '' ? '' : ` · results of ${updated}`;
    fill(status, connected ? `live${since}` : `battbuild watch does not answer${since}`);
    status.classList.toggle('lost', !connected);
  };
  followLive({
    report(source) {
      if (source === null) return;
      updated = new Date().toLocaleTimeString();
      if (app === null) {
        waiting.remove();
        app = new App(source, status);
        app.start();
      } else app.update(source);
      say();
    },
    connected(is) {
      connected = is;
      say();
    },
  });
}

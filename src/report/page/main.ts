/** Draws the report from the data embedded before this script, or from a running battbuild. */
import { LIVE } from '../document/page-data.js';
import { App } from './app.js';
import { showLive } from './data/live.js';
import { EmbeddedSource } from './data/report-source.js';

const data = document.getElementById('data')?.textContent;
if (data == null) throw new Error('the page has no data');
if (data === LIVE) showLive();
else new App(new EmbeddedSource(data)).start();

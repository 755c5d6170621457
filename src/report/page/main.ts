/** Draws the report from the data that stands before this script, or that a running battbuild serves. */
import { LIVE } from '../page-data.js';
import { App } from './app.js';
import { showLive } from './live.js';
import { EmbeddedSource } from './report-source.js';

const data = document.getElementById('data')?.textContent;
if (data == null) throw new Error('the page has no data');
if (data === LIVE) showLive();
else new App(new EmbeddedSource(data)).start();

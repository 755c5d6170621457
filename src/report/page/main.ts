/** Draws the report from the data that stands before this script. */
import { App } from './app.js';
import { ReportSource } from './report-source.js';

const data = document.getElementById('data')?.textContent;
if (data == null) throw new Error('the page has no data');
new App(new ReportSource(data)).start();

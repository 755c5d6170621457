/**
 * `npm run profile -- COMMAND ...`: runs battbuild under Node's CPU profiler and prints the names of the profiles,
 * one for the main thread and one for each worker, the busiest first. Chrome's DevTools and editors can open them.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MAIN = join(ROOT, 'dist/bundle/main.js');

mkdirSync(join(ROOT, 'dist/profiles'), { recursive: true });
const folder = mkdtempSync(join(ROOT, 'dist/profiles/run-'));
// Workers inherit the option, and each writes its own profile.
const options = ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--cpu-prof-interval=500'];
const { status } = spawnSync(process.execPath, [...options, MAIN, ...process.argv.slice(2)], {
  stdio: 'inherit',
});

/** Milliseconds during which the thread executed battbuild's or Node's code. */
function busyMs({ nodes, samples, timeDeltas }) {
  const idle = new Set(nodes.filter(({ callFrame }) => IDLE.has(callFrame.functionName)).map(({ id }) => id));
  return samples.reduce((sum, id, k) => (idle.has(id) ? sum : sum + timeDeltas[k]), 0) / 1000;
}
const IDLE = new Set(['(idle)', '(program)', '(root)']);

// CPU.<date>.<time>.<process>.<thread>.<number>.cpuprofile; the main thread is 0.
const profiles = readdirSync(folder).map((name) => {
  const thread = Number(name.split('.')[4]);
  const profile = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  return { file: relative(process.cwd(), join(folder, name)), thread, ms: busyMs(profile) };
});
profiles.sort((a, b) => b.ms - a.ms);
for (const { file, thread, ms } of profiles) {
  const who = thread === 0 ? 'main thread' : `worker ${thread}`;
  console.error(`${who}: ${Math.round(ms)} ms busy: ${file}`);
}
if (profiles.every(({ thread }) => thread === 0))
  console.error('no worker ran: there was too little to do (--force does all of it again)');
process.exitCode = status ?? 1;

/** Loaded before the command: ends the process when it reaches a point (src/fail-points.ts) for the nth time. */
const { subscribe } = require('node:diagnostics_channel');

const [channel, point, times] = JSON.parse(process.env.KILL_AT);
let left = times;
subscribe(channel, (reached) => {
  if (reached !== point || --left > 0) return;
  process.kill(process.pid, 'SIGKILL');
  // Not one instruction more, should the signal take its time.
  for (;;);
});

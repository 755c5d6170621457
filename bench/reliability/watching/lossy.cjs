/** Loaded before a watch: of what the system tells of files, every n-th event is lost. n is LOSE. */
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');

const every = Number(process.env.LOSE);
const watch = fs.watch;
let events = 0;

fs.watch = (path, options, listener) =>
  watch(path, options, (...event) => {
    if (++events % every !== 0) listener(...event);
  });
syncBuiltinESMExports();

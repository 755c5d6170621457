/** Runs before the tests of a file: what the program does at its start for every use of a store. */
import { loadChecksums } from '../src/encoding/checksum.js';

await loadChecksums();

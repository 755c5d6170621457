/** Before the tests of a file: what the program's start does for whatever opens a store. */
import { loadChecksums } from '../src/encoding/checksum.js';

await loadChecksums();

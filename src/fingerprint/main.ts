/** The last step of compiling: writes `fingerprints.json` beside the compiled program. */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { computeFingerprints } from './fingerprints.js';

const folder = dirname(dirname(fileURLToPath(import.meta.url)));
writeFileSync(join(folder, 'fingerprints.json'), `${JSON.stringify(computeFingerprints(folder), null, 1)}\n`);

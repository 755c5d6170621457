/** The thread that serves the report, so that reading results and making pages delays no build. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadChecksums } from '../../encoding/checksum.js';
import { nodeFileSystem } from '../../workspace/node-file-system.js';
import { LiveReport } from './live-report.js';
import type { FromThread, ThreadStart, ToThread } from './messages.js';
import { ReportServer } from './report-server.js';

const { workspace, selection, port, document, version } = workerData as ThreadStart;
const report = new LiveReport(workspace, { selection, version, files: nodeFileSystem, now: Date.now });
const server = new ReportServer(report, document);

function tell(message: FromThread): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', (message: ToThread) => {
  if (message.type === 'end') {
    parentPort?.close();
    void server.close();
    return;
  }
  report.built(message.workspace);
  server.announce();
});

// The store is not read before a page asks for data.
loadChecksums()
  .then(() => server.listen(port))
  .then(
    (url) => tell({ type: 'listening', url }),
    (error: NodeJS.ErrnoException) => {
      tell({ type: 'failed', code: error.code ?? error.message });
      parentPort?.close();
    },
  );

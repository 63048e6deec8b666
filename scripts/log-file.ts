import { once } from 'node:events';
import { createWriteStream, renameSync, statSync, type WriteStream } from 'node:fs';
import type { LogDestination } from '../server/http/log.ts';

const largestBytes = 10_000_000;
const againMs = 5_000;

/**
 * A file of log lines, readable for its owner only; one that has grown large is put aside first. While it cannot be
 * written, as on a full disk, lines are lost, which `warn` is told once; then it goes on.
 */
export function openLogFile(
  file: string,
  warn: (message: string) => void,
): LogDestination & { close(): Promise<void> } {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largestBytes) renameSync(file, `${file}.1`);
  let stream: WriteStream | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isWarned = false;

  function open(): void {
    const opened = createWriteStream(file, { flags: 'a', mode: 0o600 });
    stream = opened;
    // A stream that has failed once is of no more use.
    opened.on('error', (error) => {
      if (!isWarned) warn(`${file} cannot be written: ${error.message}`);
      isWarned = true;
      if (stream === opened) stream = undefined;
      timer ??= setTimeout(() => {
        timer = undefined;
        open();
      }, againMs).unref();
    });
  }
  open();
  return {
    write(line) {
      stream?.write(line, (error) => {
        if (!error) isWarned = false;
      });
    },
    async close() {
      clearTimeout(timer);
      const last = stream;
      stream = undefined;
      if (!last || last.destroyed) return;
      last.end();
      await once(last, 'close').catch(() => {});
    },
  };
}

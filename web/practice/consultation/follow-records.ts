import { roomWindowRecord } from '@sprechzimmer/protocol/room-window-record.ts';
import type { Work } from '../work.ts';
import { takeRecord } from './take-record.ts';

/**
 * Takes the records of consultations from the room window, one after the other, and answers for each that is safe. What
 * is not answered is handed over again.
 */
export function followRecords(work: Work, active: () => boolean, ended: AbortSignal): void {
  const { roomOrigin } = work.session;
  let underWay: Promise<void> = Promise.resolve();

  async function take(event: MessageEvent<unknown>): Promise<void> {
    const message = roomWindowRecord.safeParse(event.data);
    if (!message.success || ended.aborted) return;
    const { id } = message.data.record;
    const outcome = await takeRecord(work, message.data);
    const room = event.source as Window | null;
    room?.postMessage({ kind: 'room-window-record-taken', id, outcome }, roomOrigin);
  }
  addEventListener(
    'message',
    (event) => {
      if (event.origin !== roomOrigin || !active()) return;
      underWay = underWay.then(() => take(event)).catch(() => undefined);
    },
    { signal: ended },
  );
}

import { toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { exportPublicKey } from '@sprechzimmer/crypto/device-keys.ts';
import { newPracticeKey, recordKey } from '@sprechzimmer/crypto/practice-key.ts';
import { startTestServer } from '../server/testing/test-server.ts';
import { testWrap } from '../server/testing/test-members.ts';
import { openTestPractice, type TestPractice } from '../server/testing/test-practice.ts';
import type { PracticeSession } from '../web/practice/practice/session.ts';
import { createRenewal } from '../web/practice/membership/renewal.ts';

export type RenewalMeasure = {
  /** From the new practice key's entry in the log to its being the only one, with 500 sealed records; milliseconds. */
  rotation500Ms: number;
  /** The same with 5,000. */
  rotation5000Ms: number;
};

const writersAtOnce = 8;

/** The practice app's own renewal against a real server and database; in Node, whose Web Crypto is a browser's equal. */
export async function measureRenewal(): Promise<RenewalMeasure> {
  const server = await startTestServer();
  try {
    return { rotation500Ms: await renewalMs(server, 500), rotation5000Ms: await renewalMs(server, 5_000) };
  } finally {
    await server.close();
  }
}

async function renewalMs(server: Parameters<typeof openTestPractice>[0], records: number): Promise<number> {
  const practice = await openTestPractice(server);
  let left = records;
  const writers = Array.from({ length: writersAtOnce }, async () => {
    while (left-- > 0) await practice.client.appointment.book((await practice.newAppointment()).input);
  });
  await Promise.all(writers);

  const began = performance.now();
  const newKey = newPracticeKey();
  const receivers = [
    { to: practice.deviceId, agreeKey: await exported(practice.keys.agree.publicKey) },
    { to: 'recovery' as const, agreeKey: await exported(practice.recovery.keys.agree.publicKey) },
  ];
  const wraps = await Promise.all(receivers.map((to) => testWrap(practice.practiceId, newKey, 2, to)));
  await practice.append({ kind: 'renew-key', generation: 2 }, { wraps });
  const recordKeys = new Map([
    [1, practice.recordKey],
    [2, await recordKey(newKey)],
  ]);
  const session = { practice: { id: practice.practiceId }, recordKeys, generation: 2 };
  await renewAll(practice, session as unknown as PracticeSession);
  return performance.now() - began;
}

async function exported(publicKey: CryptoKey): Promise<string> {
  return toBase64url(await exportPublicKey(publicKey));
}

async function renewAll(practice: TestPractice, session: PracticeSession): Promise<void> {
  const closing = new AbortController();
  const renewal = createRenewal({
    client: practice.client,
    session: () => session,
    reload: () => Promise.resolve(),
    active: () => true,
    signal: closing.signal,
  });
  await new Promise<void>((resolve, reject) => {
    renewal.state.subscribe((state) => {
      if (state.kind !== 'done') return;
      if (state.unreadable > 0) reject(new Error(`${state.unreadable} records were left`));
      else resolve();
    });
    renewal.start();
  }).finally(() => closing.abort());
}

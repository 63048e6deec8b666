import { randomBytes, randomUUID } from 'node:crypto';
import type { Context } from '../server/http/context.ts';
import { readConfig } from '../server/http/config.ts';
import { createLog } from '../server/http/log.ts';
import { createMetrics } from '../server/metrics/metrics.ts';
import { scheduleDeliveries } from '../server/mail/schedule-deliveries.ts';
import { sealContent } from '../server/mail/seal-content.ts';
import { sendBareMails } from '../server/testing/send-bare-mails.ts';
import { openTestDatabase } from '../server/testing/test-database.ts';
import { newDelivery } from '../server/testing/test-deliveries.ts';
import { startTestMailServer, type TestMailServer } from '../server/testing/test-mail-server.ts';

export type MailMeasure = {
  /** From the moment at which 1,000 messages are due to the last one's arrival, over TLS; milliseconds. */
  mails1000Ms: number;
  /** The same messages by nodemailer's own pool alone, without outbox or database. */
  mails1000FloorMs: number;
};

const count = 1_000;
/** Time to write them all into the outbox before they are due. */
const leadMs = 5_000;

/** @throws Error unless each message has arrived exactly once */
export async function measureMail(): Promise<MailMeasure> {
  return { mails1000Ms: await sendByOutbox(), mails1000FloorMs: await sendBare() };
}

async function sendByOutbox(): Promise<number> {
  const [database, mail] = await Promise.all([openTestDatabase(), startTestMailServer()]);
  const serverKey = randomBytes(32);
  const context: Context = {
    db: database.db,
    config: { ...readConfig({}, '/'), smtp: mail.smtp, serverKey },
    log: createLog('fatal'),
    metrics: createMetrics(),
    now: () => new Date(),
    bus: undefined,
    isHosting: async () => false,
    whoIsHere: async () => new Set<string>(),
  };
  const dueAt = new Date(Date.now() + leadMs);
  await fillOutbox(context, serverKey, dueAt);
  if (Date.now() > dueAt.getTime()) throw new Error('the outbox was filled too slowly');
  const allReceived = untilReceived(mail);
  const schedule = scheduleDeliveries(context);
  try {
    return (await allReceived) - dueAt.getTime();
  } finally {
    await schedule.close();
    await Promise.all([database.close(), mail.close()]);
  }
}

async function fillOutbox({ db }: Context, key: Buffer, dueAt: Date): Promise<void> {
  const practiceId = randomUUID();
  await db.insertInto('practice').values({ id: practiceId, time_zone: 'Europe/Berlin' }).execute();
  const rows = Array.from({ length: count }, (_, number) => {
    const { id, ...content } = newDelivery(dueAt, { to: recipient(number) });
    const times = { due_at: dueAt, next_attempt_at: dueAt, changed_at: dueAt };
    const place = { deliveryId: id, practiceId };
    const row = { id, practice_id: practiceId, channel: 'mail', is_on_day: true, state: 'waiting' };
    return { ...row, ...times, content: sealContent(key, place, content) };
  });
  await db.insertInto('delivery').values(rows).execute();
}

async function sendBare(): Promise<number> {
  const mail = await startTestMailServer();
  const began = Date.now();
  try {
    const recipients = Array.from({ length: count }, (_, number) => recipient(number));
    const [end] = await Promise.all([
      untilReceived(mail),
      sendBareMails(mail, recipients, newDelivery(new Date())),
    ]);
    return end - began;
  } finally {
    await mail.close();
  }
}

function recipient(number: number): string {
  return `person-${number}@beispiel.example`;
}

/** Resolves at the last one's arrival, with the time; a moment later none of them has come twice. */
async function untilReceived({ behaviour, received }: TestMailServer): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  behaviour.onMessage = () => {
    if (received.length + 1 === count) resolve(Date.now());
    return undefined;
  };
  const end = await promise;
  await new Promise((later) => setTimeout(later, 2_000));
  const recipients = new Set(received.map(({ to }) => to.join()));
  if (received.length !== count || recipients.size !== count) {
    throw new Error(`${received.length} mails to ${recipients.size} people, expected ${count} to as many`);
  }
  return end;
}

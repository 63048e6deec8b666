import { setTimeout as wait } from 'node:timers/promises';
import type { Context } from '../http/context.ts';
import type { SmtpConfig } from '../http/delivery-settings.ts';
import { newBounceAddress } from './bounce-address.ts';
import { composeMail, readSender } from './compose-mail.ts';
import { type ConnectionPool, createConnectionPool } from './connection-pool.ts';
import { type Letter, type Passage, passMail } from './mail-passage.ts';
import type { Claimed, Outcome } from './outbox.ts';
import { closePatienceMs, type HandOver, type Sender } from './sender.ts';
import type { MailConnection } from './smtp-connection.ts';
import { type SmtpError, sortSmtpError } from './sort-smtp-error.ts';

type MailContext = Pick<Context, 'config' | 'log' | 'now'>;

/** Sends through the operator's mail server, and keeps connections for the messages that follow. */
export function openMailSender(context: MailContext, smtp: SmtpConfig): Sender {
  const [stopping, givingUp] = [new AbortController(), new AbortController()];
  const signals = { stop: stopping.signal, giveUp: givingUp.signal };
  const pool = createConnectionPool(smtp, stopping.signal);
  const underWay = new Set<Promise<unknown>>();

  async function send(claimed: Claimed, handOver: HandOver): Promise<Outcome> {
    const letter = await writeLetter(context, smtp, claimed);
    const used = pool.takeIdle();
    if (used) {
      const passage = await passMail(used, letter, handOver, signals);
      await putAway(pool, used, passage);
      // A connection that was kept may have ended unnoticed: a fresh one tells whether that is all.
      if (!isLostBefore(passage)) return readPassage(context, letter, passage);
    }
    try {
      const fresh = await pool.open();
      const passage = await passMail(fresh, letter, handOver, signals);
      await putAway(pool, fresh, passage);
      return readPassage(context, letter, passage);
    } catch (error) {
      return explain(context, letter, error as SmtpError, false);
    }
  }

  return {
    send(claimed, handOver) {
      const sending = send(claimed, handOver);
      underWay.add(sending);
      return sending.finally(() => underWay.delete(sending));
    },
    async close() {
      stopping.abort();
      const patience = wait(closePatienceMs, undefined, { ref: false });
      await Promise.race([Promise.allSettled(underWay), patience]);
      givingUp.abort();
      await Promise.allSettled(underWay);
    },
  };
}

async function writeLetter(
  { config, now }: MailContext,
  smtp: SmtpConfig,
  { id, content }: Claimed,
): Promise<Letter> {
  const bounce = config.bounce && newBounceAddress(config.bounce);
  const from = bounce?.address ?? readSender(smtp.from).address;
  return {
    id,
    message: await composeMail(content, smtp.from, now()),
    // What comes back need not bring the link along (RFC 3461).
    envelope: { from, to: [content.to], dsn: { ret: 'HDRS', notify: 'FAILURE' } },
    bounceHash: bounce?.hash ?? null,
  };
}

/** After an answer the conversation can go on; in the midst of a message, or of nothing, it cannot. */
async function putAway(pool: ConnectionPool, connection: MailConnection, passage: Passage): Promise<void> {
  if (passage.end === 'taken') return pool.keep(connection);
  const hasAnswer = passage.end === 'failed' && passage.error.responseCode;
  if (!hasAnswer || hasAnswer === 421) return connection.close();
  try {
    await connection.reset();
    pool.keep(connection);
  } catch {
    connection.close();
  }
}

/** Without an answer, and before the outbox was asked: as if it had never been tried. */
function isLostBefore(passage: Passage): boolean {
  if (passage.end !== 'failed' || passage.wasAsked) return false;
  const { responseCode } = passage.error;
  return !responseCode || responseCode === 421;
}

function readPassage(context: MailContext, letter: Letter, passage: Passage): Outcome {
  if (passage.end === 'taken') return { state: 'sent' };
  if (passage.end === 'withdrawn') return { state: 'withdrawn' };
  return explain(context, letter, passage.error, passage.isOnItsWay);
}

/** The answer itself may quote the address: it is not written down. */
function explain({ log }: MailContext, { id }: Letter, error: SmtpError, isOnItsWay: boolean): Outcome {
  const outcome = sortSmtpError(error, isOnItsWay);
  const { code, originalCode, responseCode, command } = error;
  log.warn({ delivery: id, ...outcome, smtp: { code, originalCode, answer: responseCode, command } });
  return outcome;
}

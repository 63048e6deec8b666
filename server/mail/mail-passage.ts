import { Readable } from 'node:stream';
import type { SMTPEnvelope } from 'nodemailer/lib/smtp-connection';
import type { HandOver } from './sender.ts';
import type { MailConnection } from './smtp-connection.ts';
import type { SmtpError } from './sort-smtp-error.ts';

export type Letter = { id: string; envelope: SMTPEnvelope; message: Buffer; bounceHash: Buffer | null };

/** What came of one attempt over one connection. */
export type Passage =
  | { end: 'taken' }
  | { end: 'withdrawn' }
  | { end: 'failed'; error: SmtpError; wasAsked: boolean; isOnItsWay: boolean };

/** Asked at the last moment, the outbox said no. */
class Withdrawn extends Error {
  override readonly name = 'Withdrawn';
}

/**
 * Sends one letter. Only when the mail server has taken sender and recipient and waits for the message itself is the
 * outbox asked, and only then does anything of the message leave.
 * @param stop breaks it off as long as nothing of the message has left; `giveUp` breaks it off at any time
 */
export async function passMail(
  connection: MailConnection,
  letter: Letter,
  handOver: HandOver,
  { stop, giveUp }: { stop: AbortSignal; giveUp: AbortSignal },
): Promise<Passage> {
  let asked: Promise<boolean> | undefined;
  let isOnItsWay = false;
  async function* body(): AsyncGenerator<Buffer> {
    asked = handOver(letter.bounceHash);
    if (!(await asked)) throw new Withdrawn();
    if (!connection.isOpen()) throw new Error('The connection has ended.');
    isOnItsWay = true;
    yield letter.message;
  }
  const onStop = (): void => void (!isOnItsWay && connection.close());
  const onGiveUp = (): void => connection.close();
  stop.addEventListener('abort', onStop);
  giveUp.addEventListener('abort', onGiveUp);
  try {
    if (stop.aborted) connection.close();
    await connection.send(letter.envelope, Readable.from(body()));
    return { end: 'taken' };
  } catch (error) {
    // The outbox's answer comes before whatever is written down next.
    await Promise.allSettled([asked]);
    if (error instanceof Withdrawn) return { end: 'withdrawn' };
    return { end: 'failed', error: error as SmtpError, wasAsked: asked !== undefined, isOnItsWay };
  } finally {
    stop.removeEventListener('abort', onStop);
    giveUp.removeEventListener('abort', onGiveUp);
  }
}

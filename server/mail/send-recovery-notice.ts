import { createTransport } from 'nodemailer';
import type { Context } from '../http/context.ts';
import { describeError } from '../http/errors.ts';
import { readSender } from './compose-mail.ts';
import { smtpAuth, smtpOptions } from './smtp-options.ts';

/** A mail server that does not answer must not keep a person waiting at their screen. */
const timeoutMs = 5_000;

const subject = 'Sprechzimmer: Zugang wiederhergestellt / Access recovered';
const text = `Guten Tag,

der Zugang zu Ihrer Praxis in Sprechzimmer wurde soeben mit dem Wiederherstellungsblatt auf einem neuen Gerät
wiederhergestellt. Alle bisherigen Geräte sind damit ausgeschlossen und müssen neu freigegeben werden.

Wenn Sie davon nichts wissen: Fragen Sie bitte gleich in Ihrer Praxis nach. Diese Nachricht enthält absichtlich keinen
Link.


Hello,

access to your practice in Sprechzimmer has just been recovered on a new device with the recovery sheet. All earlier
devices are shut out and have to be approved again.

If this is news to you, please ask at your practice at once. This message deliberately contains no link.
`;

/**
 * Tells the users of a practice that a recovery took place; none of them sees the others' addresses. Sends nothing
 * without a mail server in the settings. Never throws: a fault is logged, without the addresses.
 */
export async function sendRecoveryNotice(
  { config, log }: Pick<Context, 'config' | 'log'>,
  addresses: string[],
): Promise<void> {
  if (!config.smtp || addresses.length === 0) return;
  const auth = smtpAuth(config.smtp);
  const transport = createTransport({
    ...smtpOptions(config.smtp),
    ...(auth && { auth }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const { accepted, rejected } = await transport.sendMail({
      from: readSender(config.smtp.from),
      bcc: addresses,
      subject,
      text,
      // Out-of-office replies to it would be of use to nobody (RFC 3834).
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    log.info({ recoveryNotice: { accepted: accepted.length, rejected: rejected.length } });
  } catch (error) {
    log.error({ error: describeError(error) }, 'recovery notice not sent');
  } finally {
    transport.close();
  }
}

import SMTPConnection, {
  type SMTPConnectionAuth,
  type SMTPConnectionOptions,
  type SMTPEnvelope,
} from 'nodemailer/lib/smtp-connection';
import type { Readable } from 'node:stream';

// Of one step each, and shorter than an outbox's lease. RFC 5321, 4.5.3.2 would wait longer, and keep a practice waiting.
const timeouts = {
  connectionTimeout: 15_000,
  greetingTimeout: 15_000,
  dnsTimeout: 10_000,
  socketTimeout: 60_000,
  socketCloseTimeout: 1_000,
};

/** A signed-in connection to a mail server, which sends one message after the other. */
export type MailConnection = {
  /** @throws SmtpError; the connection may be of use still: `isOpen` */
  send(envelope: SMTPEnvelope, message: Readable): Promise<void>;
  /** Forgets a message that was refused, so that the next can follow. */
  reset(): Promise<void>;
  isOpen(): boolean;
  /** What is under way fails. */
  close(): void;
};

/**
 * @param signal ends the attempt; a connection that is open already stays
 * @throws SmtpError
 */
export async function openMailConnection(
  options: SMTPConnectionOptions,
  auth: SMTPConnectionAuth | undefined,
  signal: AbortSignal,
): Promise<MailConnection> {
  signal.throwIfAborted();
  const connection = new SMTPConnection({ ...timeouts, ...options });
  // Every error reaches who waits for the step under way; without a listener it would end the process.
  connection.on('error', () => {});
  const step = (start: Start): Promise<void> => takeStep(connection, start);
  const stop = (): void => connection.close();
  signal.addEventListener('abort', stop);
  try {
    await step((done) => connection.connect(done));
    if (auth) await step((done) => connection.login(auth, done));
  } catch (error) {
    connection.close();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return {
    send: (envelope, message) => step((done) => connection.send(envelope, message, done)),
    reset: () => step((done) => connection.reset(done)),
    isOpen: () => !connection.destroyed,
    close: () => connection.close(),
  };
}

type Start = (done: (error?: Error | null) => void) => void;

/** Not every step is told when the connection ends beneath it. */
async function takeStep(connection: SMTPConnection, start: Start): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const fail = (error: Error): void => reject(error);
  // The step's own error says more, and may follow.
  const end = (): void => void setImmediate(() => reject(new Error('The connection has ended.')));
  connection.once('error', fail);
  connection.once('end', end);
  try {
    start((error) => (error ? reject(error) : resolve()));
    await promise;
  } finally {
    connection.removeListener('error', fail);
    connection.removeListener('end', end);
  }
}

import type { Socket } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Context } from '../http/context.ts';
import type { DeliveryConfig } from '../http/delivery-settings.ts';
import { describeError } from '../http/errors.ts';
import { readBounceAddress } from './bounce-address.ts';
import { readBounce } from './bounce-report.ts';

type BounceConfig = NonNullable<DeliveryConfig['bounce']>;

const maxBytes = 262_144;
const maxClients = 20;
const idleMs = 30_000;
/** However slowly somebody speaks: a message that came back is a matter of seconds. */
const longestMs = 120_000;

/**
 * Takes in what the operator's mail server passes on to the addresses that messages are sent from. It takes mail for
 * nobody else, passes nothing on, and keeps nothing but that a message came back.
 * @throws a system error with a `code` such as `EADDRINUSE` when it cannot listen
 */
export async function listenForBounces(
  context: Pick<Context, 'db' | 'log' | 'metrics' | 'now'>,
  bounce: BounceConfig,
  limits: { idleMs: number; longestMs: number } = { idleMs, longestMs },
): Promise<{ port: number; close(): Promise<void> }> {
  const server = new SMTPServer({
    name: bounce.domain,
    // It has no certificate of its own: it listens on this machine, or on a network that is the operator's.
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    size: maxBytes,
    maxClients,
    maxRecipients: 1,
    socketTimeout: limits.idleMs,
    closeTimeout: 1_000,
    onRcptTo({ address }, _, done) {
      done(readBounceAddress(address, bounce) ? null : answer(550, 'No such address here'));
    },
    onData(stream, session, done) {
      void answerTo(context, takeIn(context, bounce, { stream, session }), done);
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(bounce.port, bounce.host, resolve);
  });
  server.server.on('connection', (socket: Socket) => {
    const timer = setTimeout(() => socket.destroy(), limits.longestMs).unref();
    socket.once('close', () => clearTimeout(timer));
  });
  // Clients that hang up.
  server.on('error', () => {});
  const address = server.server.address();
  return {
    port: typeof address === 'object' ? (address?.port ?? bounce.port) : bounce.port,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

async function answerTo(
  { log }: Pick<Context, 'log'>,
  taken: Promise<Error | null>,
  done: (refused: Error | null) => void,
): Promise<void> {
  try {
    done(await taken);
  } catch (error) {
    log.error({ error: describeError(error) }, 'bounce not taken in');
    done(answer(451, 'Try again later'));
  }
}

type Incoming = { stream: SMTPServerDataStream; session: SMTPServerSession };

/** @returns what to refuse it with */
async function takeIn(
  context: Pick<Context, 'db' | 'log' | 'metrics' | 'now'>,
  bounce: BounceConfig,
  { stream, session }: Incoming,
): Promise<Error | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk as Buffer);
  if (stream.sizeExceeded) return answer(552, 'Too large');
  const hash = readBounceAddress(session.envelope.rcptTo[0]?.address ?? '', bounce);
  const reason = readBounce(Buffer.concat(chunks).toString('latin1'));
  if (!hash || !reason) return null;
  const { db, now, log, metrics } = context;
  const marked = await db
    .updateTable('delivery')
    .set({ state: 'bounced', reason, changed_at: now(), bounce_hash: null })
    .where('bounce_hash', '=', hash)
    .where('state', 'in', ['sent', 'uncertain'])
    .returning('id')
    .executeTakeFirst();
  if (marked) {
    log.info({ delivery: marked.id, state: 'bounced', reason });
    metrics.messageEnded('mail', 'bounced', reason);
    return null;
  }
  // Faster than our own note that it was sent: the next attempt finds it.
  const sending = await db
    .selectFrom('delivery')
    .where('bounce_hash', '=', hash)
    .where('state', '=', 'sending')
    .select('id')
    .executeTakeFirst();
  return sending ? answer(451, 'Try again later') : null;
}

function answer(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

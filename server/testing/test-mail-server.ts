import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { SmtpConfig } from '../http/delivery-settings.ts';
import { makeTestCertificate, type TestCertificate } from './test-certificate.ts';

export type ReceivedMail = {
  from: string;
  to: string[];
  /** As it came, headers and all. */
  source: string;
  isEncrypted: boolean;
};

/** Nothing: yes. A number: no, with this code (RFC 5321, 4.2.1). drop: the connection is cut. */
export type Answer = number | 'drop' | undefined;

/** What the mail server does at each step instead of saying yes; may be changed at any time. */
export type MailBehaviour = {
  onConnect?: () => Answer | Promise<Answer>;
  onSender?: (address: string) => Answer | Promise<Answer>;
  onRecipient?: (address: string) => Answer | Promise<Answer>;
  /** It has said that the message may come. */
  onDataBegun?: () => Answer | Promise<Answer>;
  /** The whole message is there; it counts as received unless this says no. */
  onMessage?: (mail: ReceivedMail) => Answer | Promise<Answer>;
};

export type TestMailServer = {
  behaviour: MailBehaviour;
  received: ReceivedMail[];
  /** How often somebody connected, and how often a password was wrong. */
  counts: { connections: number; refusedPasswords: number };
  /** Who may send; may be changed at any time. */
  account: { user: string; password: string };
  /** For the server's configuration. */
  smtp: SmtpConfig;
  /** The certificate that is to be trusted, as PEM. */
  ca: string;
  close(): Promise<void>;
};

export type TestMailServerOptions = {
  port?: number;
  /** TLS from the start, or not even offered; usually it is turned to (RFC 3207). */
  tls?: 'implicit' | 'none';
  /** Otherwise a right one. */
  certificate?: TestCertificate;
  /** Whoever wants to send has to sign in with them. */
  account?: { user: string; password: string };
};

type Done = (error?: Error | null) => void;

const from = 'Sprechzimmer <post@praxis.example>';

/** A mail server as an operator has one, with TLS, on a free port of this machine. */
export async function startTestMailServer(options: TestMailServerOptions = {}): Promise<TestMailServer> {
  const certificate = options.certificate ?? makeTestCertificate();
  const received: ReceivedMail[] = [];
  const counts = { connections: 0, refusedPasswords: 0 };
  const account = { user: '', password: '', ...options.account };

  /** Passes on what a step's behaviour says. */
  async function answer(session: SMTPServerSession, asked: Promise<Answer>, done: Done): Promise<void> {
    const given = await asked;
    if (given === 'drop') cut(session);
    else done(given === undefined ? null : Object.assign(new Error('no'), { responseCode: given }));
  }
  function cut(session: SMTPServerSession): void {
    for (const connection of server.connections) {
      const { id, _socket: socket } = connection as unknown as { id: string; _socket: Socket };
      if (id === session.id) socket.destroy();
    }
  }

  const server: SMTPServer = new SMTPServer({
    ...certificate,
    secure: options.tls === 'implicit',
    disabledCommands: options.tls === 'none' ? ['STARTTLS'] : [],
    authOptional: !options.account,
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    onAuth(auth, _, done) {
      const isRight = auth.username === account.user && auth.password === account.password;
      if (!isRight) counts.refusedPasswords += 1;
      done(isRight ? null : Object.assign(new Error('no'), { responseCode: 535 }), {
        user: auth.username ?? '',
      });
    },
    onConnect(session, done) {
      counts.connections += 1;
      void answer(session, ask(running.behaviour.onConnect), done);
    },
    onMailFrom: ({ address }, session, done) =>
      void answer(session, ask(running.behaviour.onSender, address), done),
    onRcptTo: ({ address }, session, done) =>
      void answer(session, ask(running.behaviour.onRecipient, address), done),
    onData(stream, session, done) {
      void (async () => {
        const begun = await ask(running.behaviour.onDataBegun);
        if (begun === 'drop') return cut(session);
        const chunks: Buffer[] = [];
        for await (const chunk of stream) chunks.push(chunk as Buffer);
        const { mailFrom, rcptTo } = session.envelope;
        const mail: ReceivedMail = {
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          source: Buffer.concat(chunks).toString('utf8'),
          isEncrypted: session.secure,
        };
        const given = begun ?? (await ask(running.behaviour.onMessage, mail));
        if (given === undefined || given === 'drop') received.push(mail);
        await answer(session, Promise.resolve(given), done);
      })().catch(() => cut(session));
    },
  });
  server.on('error', () => {}); // a client that hangs up, or is killed, is nothing special here
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const sign = options.account ? `${account.user}:${encodeURIComponent(account.password)}@` : '';
  const scheme = options.tls === 'implicit' ? 'smtps' : 'smtp';
  const running: TestMailServer = {
    behaviour: {},
    received,
    counts,
    account,
    smtp: { url: `${scheme}://${sign}localhost:${port}`, from, tls: 'required', ca: certificate.cert },
    ca: certificate.cert,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
  return running;
}

async function ask<Input extends unknown[]>(
  step: ((...input: Input) => Answer | Promise<Answer>) | undefined,
  ...input: Input
): Promise<Answer> {
  return step?.(...input);
}

/** The plain text of a mail, without its encodings. */
export function textOf({ source }: Pick<ReceivedMail, 'source'>): string {
  const boundary = /boundary="([^"]+)"/i.exec(source)?.[1];
  const parts = boundary === undefined ? [source] : source.split(`--${boundary}`).slice(1);
  const part = parts.find((one) => /^content-type: text\/plain/im.test(one)) ?? source;
  const [, head = '', body = ''] = /^([\s\S]*?)\r?\n\r?\n([\s\S]*)$/.exec(part) ?? [];
  if (/^content-transfer-encoding: base64/im.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  if (!/quoted-printable/i.test(head)) return body;
  const bytes = body
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

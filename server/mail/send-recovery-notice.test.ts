import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { SMTPServer } from 'smtp-server';
import { type Config, readConfig } from '../http/config.ts';
import { createLog } from '../http/log.ts';
import { sendRecoveryNotice } from './send-recovery-notice.ts';

type Delivery = { from: string; to: string[]; user: string; message: string };

const deliveries: Delivery[] = [];
let logLines: string[] = [];
let mailServer: SMTPServer;
let port: number;

before(async () => {
  mailServer = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onAuth: (auth, _, done) =>
      auth.password === 'ge heim' ? done(null, { user: auth.username ?? '' }) : done(new Error('no')),
    onRcptTo: ({ address }, _, done) =>
      done(address.startsWith('weg') ? new Error('no such mailbox') : undefined),
    onData(stream, { envelope, user }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : '';
        const to = envelope.rcptTo.map(({ address }) => address);
        deliveries.push({ from, to, user: String(user ?? ''), message: Buffer.concat(chunks).toString() });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => mailServer.listen(0, '127.0.0.1', resolve));
  port = (mailServer.server.address() as AddressInfo).port;
});
after(async () => {
  await new Promise<void>((resolve) => mailServer.close(resolve));
});
beforeEach(() => {
  deliveries.length = 0;
  logLines = [];
});

function contextWith(smtpUrl?: string): { config: Config; log: ReturnType<typeof createLog> } {
  const env = smtpUrl
    ? { SMTP_URL: smtpUrl, SMTP_FROM: 'Sprechzimmer <praxis@klinik.example>', SMTP_TLS: 'off' }
    : {};
  return {
    config: readConfig(env, '/'),
    log: createLog('debug', { write: (line) => logLines.push(line) }),
  };
}

const addresses = ['erste@praxis.example', 'zweite@praxis.example'];

test('every user is told in German and English, and none sees the others', async () => {
  await sendRecoveryNotice(contextWith(`smtp://127.0.0.1:${port}`), addresses);
  const [delivery, ...others] = deliveries;
  assert.ok(delivery);
  assert.deepEqual(others, []);
  assert.equal(delivery.from, 'praxis@klinik.example');
  assert.deepEqual(delivery.to, addresses);
  const text = delivery.message.replaceAll(/=\r?\n/g, '');
  assert.match(text, /Wiederherstellungsblatt/);
  assert.match(text, /recovery sheet/);
  assert.doesNotMatch(text, /erste@|zweite@|https?:/);
});

test('name and password of the settings are given to the mail server', async () => {
  await sendRecoveryNotice(contextWith(`smtp://praxis:ge%20heim@127.0.0.1:${port}`), addresses);
  assert.equal(deliveries[0]?.user, 'praxis');
});

test('an address that the mail server refuses keeps nobody else from hearing of it', async () => {
  await sendRecoveryNotice(contextWith(`smtp://127.0.0.1:${port}`), ['weg@praxis.example', ...addresses]);
  assert.deepEqual(deliveries[0]?.to, addresses);
  assert.match(logLines.join(''), /"accepted":2,"rejected":1/);
});

test('a mail server that refuses or is not there is logged without addresses, and nothing is thrown', async () => {
  await sendRecoveryNotice(contextWith(`smtp://praxis:falsch@127.0.0.1:${port}`), addresses);
  await sendRecoveryNotice(contextWith('smtp://127.0.0.1:1'), addresses);
  await sendRecoveryNotice(contextWith(`smtp://127.0.0.1:${port}`), ['weg@praxis.example']);
  assert.equal(logLines.length, 3);
  for (const line of logLines) {
    assert.match(line, /recovery notice not sent/);
    assert.doesNotMatch(line, /praxis\.example|falsch/);
  }
  assert.deepEqual(deliveries, []);
});

test('without a mail server in the settings nothing is sent', async () => {
  await sendRecoveryNotice(contextWith(), addresses);
  assert.deepEqual(deliveries, []);
  assert.deepEqual(logLines, []);
});

import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, before, test } from 'node:test';
import { startTestMailServer, type TestMailServer } from '../testing/test-mail-server.ts';
import { openMailConnection } from './smtp-connection.ts';
import { smtpOptions } from './smtp-options.ts';
import { type SmtpError, sortSmtpError } from './sort-smtp-error.ts';

let mail: TestMailServer;

before(async () => {
  mail = await startTestMailServer();
});
after(() => mail.close());

function error(code: string, responseCode?: number, command?: string, response = ''): SmtpError {
  return Object.assign(new Error('x'), {
    code,
    response,
    ...(responseCode && { responseCode }),
    ...(command && { command }),
  });
}

test('before the message is handed over, only a clear no to address or content is the end', () => {
  const before = (...what: Parameters<typeof error>) => {
    const { state, ...rest } = sortSmtpError(error(...what), false);
    return [state, 'reason' in rest ? rest.reason : null];
  };
  assert.deepEqual(before('EDNS'), ['waiting', 'unreachable']);
  assert.deepEqual(before('ESOCKET'), ['waiting', 'unreachable']);
  assert.deepEqual(before('ETIMEDOUT'), ['waiting', 'unreachable']);
  assert.deepEqual(before('ETLS'), ['waiting', 'mail-server']);
  assert.deepEqual(before('EPROTOCOL', 554), ['waiting', 'mail-server']);
  assert.deepEqual(before('EAUTH', 535, 'AUTH PLAIN'), ['waiting', 'sign-in']);
  assert.deepEqual(before('EAUTH', 454, 'AUTH PLAIN'), ['waiting', 'mail-server']);
  assert.deepEqual(before('EENVELOPE', 530, 'MAIL FROM'), ['waiting', 'sign-in']);
  assert.deepEqual(before('EENVELOPE', 550, 'MAIL FROM'), ['waiting', 'mail-server']);
  assert.deepEqual(before('EENVELOPE', 450, 'RCPT TO'), ['waiting', 'later']);
  assert.deepEqual(before('EENVELOPE', 550, 'RCPT TO', '550 5.1.1 unknown'), ['refused', 'address']);
  assert.deepEqual(before('EENVELOPE', 554, 'RCPT TO', '554 5.7.1 relay denied'), ['refused', 'mail-server']);
  assert.deepEqual(before('EENVELOPE', 451, 'DATA'), ['waiting', 'later']);
  assert.deepEqual(before('EENVELOPE', 554, 'DATA'), ['refused', 'content']);
});

test('once it is handed over, only a clear answer counts', () => {
  const state = (...what: Parameters<typeof error>) => sortSmtpError(error(...what), true).state;
  assert.equal(state('EMESSAGE', 554, 'DATA'), 'refused');
  assert.equal(state('EMESSAGE', 451, 'DATA'), 'waiting');
  assert.equal(state('ECONNECTION', 421, 'CONN'), 'waiting');
  for (const code of ['ECONNECTION', 'ETIMEDOUT', 'ESOCKET', 'EPROTOCOL'])
    assert.equal(state(code), 'uncertain', code);
});

test(
  'a mail server that falls silent is left after a while, wherever it does',
  { timeout: 20_000 },
  async () => {
    const options = { ...smtpOptions(mail.smtp), socketTimeout: 300, greetingTimeout: 300 };
    const never = () => new Promise<undefined>(() => {});
    const signal = new AbortController().signal;
    const open = () => openMailConnection(options, undefined, signal);
    const envelope = () => ({ from: 'a@b.example', to: ['c@d.example'] });
    mail.behaviour = { onConnect: never };
    await assert.rejects(open(), { code: 'ETIMEDOUT' });
    for (const step of ['onSender', 'onRecipient', 'onMessage'] as const) {
      mail.behaviour = {};
      const connection = await open();
      mail.behaviour = { [step]: never };
      await assert.rejects(connection.send(envelope(), Readable.from([Buffer.from('Subject: x\r\n\r\nx')])), {
        code: 'ETIMEDOUT',
      });
      assert.equal(connection.isOpen(), false);
    }
    assert.deepEqual(mail.received, []);
  },
);

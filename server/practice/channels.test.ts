import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestPractice } from '../testing/test-practice.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { allowedChannels } from './channels.ts';

const smtp = { url: 'smtps://mail.example.org', from: 'post@example.org', tls: 'required' as const };
const sms = { url: 'https://sms.example.org', token: 'token' };

let server: TestServer;

before(async () => {
  server = await startTestServer({ config: { codeHours: { from: '07:00', until: '20:00' } } });
});
after(() => server.close());

test('a channel is there when the operator has set it up and the plan has it', () => {
  const none = { smtp: undefined, sms: undefined };
  assert.deepEqual(allowedChannels({ server_mail: true, sms: true }, { smtp, sms }), ['mail', 'sms']);
  assert.deepEqual(allowedChannels({ server_mail: true, sms: true }, none), []);
  assert.deepEqual(allowedChannels({ server_mail: false, sms: true }, { smtp, sms }), ['sms']);
  assert.deepEqual(allowedChannels({ server_mail: true, sms: false }, { smtp, sms: undefined }), ['mail']);
});

test('a session knows its plan’s limits, the mail hour and the hours of codes', async () => {
  const { practice } = await (await openTestPractice(server)).client.practice.session({});
  assert.deepEqual(practice.plan, {
    id: 'basis',
    maxUsers: 1,
    maxParticipants: 1,
    maxConsultationsPerMonth: null,
    serverMail: false,
    sms: false,
  });
  assert.deepEqual(
    [practice.mailTime, practice.channels, practice.codeHours],
    ['07:00', [], { from: '07:00', until: '20:00' }],
  );
});

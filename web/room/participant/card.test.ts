import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomBytes, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { sealCard } from '@sprechzimmer/crypto/card.ts';
import { readCard } from './card.ts';

const card = {
  appointmentId: 'a',
  practice: 'Praxis am Park',
  practitioner: 'Dr. Weber',
  start: '2026-11-26T10:30',
  durationMinutes: 20,
  timeZone: 'Europe/Berlin',
  telephone: '030 123456',
  language: 'de' as const,
  consent: '',
};

test('the card opens with the key of its code', async () => {
  const key = randomBytes(32);
  const sealed = toBase64url(await sealCard(key, card));
  assert.deepEqual(await readCard(toBase64url(key), sealed), card);
});

test('a card of another code, a damaged one and one of another shape are as good as none', async () => {
  const key = randomBytes(32);
  const sealed = toBase64url(await sealCard(key, card));
  assert.equal(await readCard(toBase64url(randomBytes(32)), sealed), undefined);
  assert.equal(await readCard(toBase64url(key), sealed.slice(0, -4)), undefined);
  assert.equal(
    await readCard(toBase64url(key), toBase64url(await sealCard(key, { practice: 7 }))),
    undefined,
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromBase64url, randomBytes, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { sealConsent } from '@sprechzimmer/crypto/consent.ts';
import type { ConsentAnswer } from '@sprechzimmer/protocol/invitation.ts';
import { fakeServer } from '../testing/fake-server.ts';
import { openPractice } from '../testing/open-practice.ts';
import { stillAgenda } from '../testing/still-agenda.ts';
import type { Work } from '../work.ts';
import type { ReadableEntry } from './agenda.ts';
import { findCurrent, newDraft, saveDraft } from './save.ts';
import { takeConsents } from './take-consents.ts';

const { session } = await openPractice();
const textHash = toBase64url(randomBytes(32));

async function booked() {
  const server = fakeServer();
  const agenda = stillAgenda();
  const work = { client: server.client, session, agenda } as unknown as Work;
  const person = {
    name: 'A',
    email: '',
    telephone: '',
    role: 'patient',
    language: 'de',
    mailOnDay: 'no',
  } as const;
  const wish = { day: '2026-11-26', time: '10:30', durationMinutes: 20, note: '', participants: [person] };
  let entry = await saveDraft(server.client, session, newDraft(), wish);
  const [participant] = entry.record.participants;
  assert.ok(participant);
  const { invitationId, psk } = participant;

  /** The server shows a sealed answer, and the practice's browser looks at it. */
  async function show(sealed: Uint8Array<ArrayBuffer>): Promise<ReadableEntry> {
    const stored = server.rows.get(entry.stored.id);
    assert.ok(stored);
    const trace = { ...stored.invitations[0], id: invitationId, consent: toBase64url(sealed) };
    const shown = { ...entry, stored: { ...stored, invitations: [trace] } } as ReadableEntry;
    await takeConsents(work, [shown]);
    entry = (await findCurrent(server.client, session, entry.stored)) ?? entry;
    return entry;
  }
  const answer = (given: boolean, at: string, key = psk): Promise<Uint8Array<ArrayBuffer>> =>
    sealConsent(fromBase64url(key), { invitationId, given, at, textHash } satisfies ConsentAnswer);
  const consentOf = (of: ReadableEntry) => of.record.participants[0]?.consent;
  return { show, answer, consentOf, inputs: server.inputs };
}

const monday = '2026-11-23T08:00:00.000Z';
const tuesday = '2026-11-24T08:00:00.000Z';

test('a consent is recorded with its date, and its end too', async () => {
  const { show, answer, consentOf } = await booked();
  const given = { givenAt: monday, revokedAt: null, by: 'participant', textHash };
  assert.deepEqual(consentOf(await show(await answer(true, monday))), given);
  assert.deepEqual(consentOf(await show(await answer(false, tuesday))), { ...given, revokedAt: tuesday });
});

test('a server that shows an old answer again does not bring a revoked consent back', async () => {
  const { show, answer, consentOf } = await booked();
  const old = await answer(true, monday);
  await show(old);
  await show(await answer(false, tuesday));
  const after = await show(old);
  assert.equal(consentOf(after)?.revokedAt, tuesday);
  assert.equal(after.stored.version, 4);
});

test('an answer that this participant’s code did not seal is no answer', async () => {
  const { show, answer, consentOf } = await booked();
  assert.equal(consentOf(await show(await answer(true, monday, toBase64url(randomBytes(32))))), null);
  assert.equal(consentOf(await show(randomBytes(80))), null);
});

test('whoever says no without having said yes has given no consent, and the answer is taken', async () => {
  const { show, answer, consentOf, inputs } = await booked();
  const sealed = await answer(false, monday);
  assert.equal(consentOf(await show(sealed)), null);
  assert.deepEqual(inputs.at(-1)?.takenConsents, [toBase64url(sealed)]);
});

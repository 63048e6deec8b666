import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maxConsentTextBytes } from '@sprechzimmer/protocol/invitation.ts';
import { defaultConsentText } from './default-text.ts';
import { excessBytes, findText, hashOfText, withTexts } from './texts.ts';

const none = { asked: false, texts: [] };
const first = new Date('2026-11-01T08:00:00Z');
const later = new Date('2026-11-20T08:00:00Z');

test('a changed text is added and the earlier one stays; asking or not changes no text', () => {
  const one = withTexts(none, { asked: true, de: 'Eins', en: '' }, first);
  assert.deepEqual(one, { asked: true, texts: [{ since: first.toISOString(), de: 'Eins', en: '' }] });
  assert.deepEqual(withTexts(one, { asked: false, de: 'Eins', en: '' }, later), { ...one, asked: false });
  const two = withTexts(one, { asked: true, de: 'Eins', en: 'One' }, later);
  assert.deepEqual(
    two.texts.map(({ since, en }) => [since, en]),
    [
      [first.toISOString(), ''],
      [later.toISOString(), 'One'],
    ],
  );
});

test('the oldest texts go before there is no room for a new one', () => {
  let profile = withTexts(none, { asked: true, de: 'x', en: '' }, first);
  for (let index = 0; index < 20; index++) {
    const text = `${index} `.padEnd(maxConsentTextBytes, 'ß').slice(0, maxConsentTextBytes / 2);
    profile = withTexts(profile, { asked: true, de: text, en: text }, later);
  }
  assert.match(profile.texts.at(-1)?.de ?? '', /^19 /);
  assert.ok(new TextEncoder().encode(JSON.stringify(profile)).length < 60_000);
  assert.ok(profile.texts.length > 1);
});

test('a consent leads to the very text it was given to, in the language it was shown in', async () => {
  const one = withTexts(none, { asked: true, de: 'Eins', en: 'One' }, first);
  const two = withTexts(one, { asked: true, de: 'Zwei', en: '' }, later);
  assert.deepEqual(await findText(two.texts, await hashOfText('One')), {
    since: first.toISOString(),
    text: 'One',
  });
  assert.equal((await findText(two.texts, await hashOfText('Zwei')))?.since, later.toISOString());
  assert.equal(await findText(two.texts, await hashOfText('')), undefined);
  assert.equal(await findText(two.texts, await hashOfText('Drei')), undefined);
});

test('length is counted in bytes, as the card holds them', () => {
  assert.equal(excessBytes('a'.repeat(maxConsentTextBytes)), 0);
  assert.equal(excessBytes('ß'.repeat(maxConsentTextBytes / 2 + 1)), 2);
  assert.equal(excessBytes('🙂'.repeat(maxConsentTextBytes / 4)), 0);
});

test('the text to begin with names the practice, says what there is to say, and fits', () => {
  const text = defaultConsentText('Praxis Dr. Muster', 'de');
  for (const word of [
    'Praxis Dr. Muster',
    'freiwillig',
    'verschlüsselt',
    'aufgezeichnet',
    'widerrufen',
    'Zweck',
  ]) {
    assert.ok(text.includes(word), word);
  }
  assert.equal(excessBytes(text), 0);
  assert.equal(excessBytes(defaultConsentText('Praxis Dr. Muster', 'en')), 0);
});

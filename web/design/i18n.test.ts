import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue, preferredLanguage, setLanguage } from './i18n.ts';

test('a browser that prefers English gets English, every other one German', () => {
  assert.equal(preferredLanguage(['en-GB', 'de']), 'en');
  assert.equal(preferredLanguage(['de-AT', 'en']), 'de');
  assert.equal(preferredLanguage(['tr', 'en-US']), 'en');
  assert.equal(preferredLanguage(['tr', 'pl']), 'de');
  assert.equal(preferredLanguage([]), 'de');
});

test('a catalogue speaks the language that is set, and goes back to German', () => {
  const german = { wait: (minutes: number) => `seit ${minutes} Minuten` };
  const messages = catalogue(german, { wait: (minutes) => `for ${minutes} minutes` });
  assert.equal(messages().wait(3), 'seit 3 Minuten');
  setLanguage('en', false);
  assert.equal(messages().wait(3), 'for 3 minutes');
  setLanguage('de', false);
  assert.equal(messages().wait(3), 'seit 3 Minuten');
});

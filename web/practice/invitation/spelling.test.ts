import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spellCode } from './spelling.ts';

const words = (code: string, language: 'de' | 'en') =>
  spellCode(code, language).map((group) => group.map(({ word }) => word).join(' '));

test('a code is read out by the towns of DIN 5009, with zwo', () => {
  assert.deepEqual(words('K7QF93MDXW2P', 'de'), [
    'Köln sieben Quickborn Frankfurt',
    'neun drei München Düsseldorf',
    'Xanten Wuppertal zwo Potsdam',
  ]);
});

test('in English it is read out by the radio alphabet', () => {
  assert.deepEqual(words('K7QF', 'en'), ['Kilo seven Quebec Foxtrot']);
});

test('every symbol that a code can have has a word of its own in both languages', () => {
  const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  for (const language of ['de', 'en'] as const) {
    const all = spellCode(symbols, language).flat();
    assert.equal(new Set(all.map(({ word }) => word)).size, symbols.length);
    assert.ok(all.every(({ word }) => word.length > 1));
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTelephone } from './telephone.ts';

test('a number as people write it becomes one that can be dialled from anywhere', () => {
  const written = {
    '0171 2345678': '+491712345678',
    '+49 (0)171 / 234-5678': '+491712345678',
    '0049 171 2345678': '+491712345678',
    '(0171) 234 56 78': '+491712345678',
    '+43 664 1234567': '+436641234567',
    '０１７１‑2345678': '+491712345678',
  };
  for (const [text, number] of Object.entries(written)) assert.equal(readTelephone(text), number, text);
  assert.equal(readTelephone('0664 1234567', '43'), '+436641234567');
});

test('what is no whole number is none', () => {
  const others = [
    '',
    'abc',
    '110',
    '171 2345678',
    '+49 171 2345678, 0172 1',
    '0171\n2345678;x',
    '++491712345678',
    '+0171234567',
    '+4917123456789012345',
  ];
  for (const other of others) assert.equal(readTelephone(other), undefined, other);
});

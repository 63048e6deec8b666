import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateCode, groupCode } from '@sprechzimmer/crypto/code.ts';
import { arrangeCode, readLink } from './typed-code.ts';

test('what is typed appears in capital letters and groups of four, without a hyphen that waits for more', () => {
  assert.deepEqual(arrangeCode('k7qf', 4), { text: 'K7QF', caret: 4 });
  assert.deepEqual(arrangeCode('k7qf9', 5), { text: 'K7QF-9', caret: 6 });
  assert.deepEqual(arrangeCode('K7QF 93MD xw', 12), { text: 'K7QF-93MD-XW', caret: 12 });
});

test('the caret stays behind the symbol that was typed in the middle', () => {
  assert.deepEqual(arrangeCode('K7XQF-93', 3), { text: 'K7XQ-F93', caret: 3 });
  assert.deepEqual(arrangeCode('K7QF-X93M', 6), { text: 'K7QF-X93M', caret: 6 });
});

test('deleting the hyphen moves the caret before it instead of getting stuck', () => {
  assert.deepEqual(arrangeCode('K7QF93', 4), { text: 'K7QF-93', caret: 4 });
});

test('a symbol that no code has stays visible, so that the verdict can name it', () => {
  assert.equal(arrangeCode('K7Q!U', 5).text, 'K7Q!-U');
});

test('a pasted link or sentence is reduced to its code', () => {
  const code = generateCode();
  const shown = groupCode(code);
  assert.equal(arrangeCode(`https://video.example.org/#${code}`, 40).text, shown);
  assert.equal(arrangeCode(`Ihr Code lautet: ${shown}. Bis bald!`, 40).text, shown);
  assert.equal(arrangeCode(` ${shown.toLowerCase()} `, 16).text, shown);
});

test('a link gives its code, a page without fragment gives none', () => {
  const code = generateCode();
  assert.deepEqual(readLink(`#${code}`), { kind: 'code', code });
  assert.deepEqual(readLink(`#${groupCode(code).toLowerCase()}`), { kind: 'code', code });
  assert.equal(readLink(''), undefined);
  assert.equal(readLink('#'), undefined);
});

test('a cut or broken link is told as what it is', () => {
  assert.deepEqual(readLink(`#${generateCode().slice(0, 7)}`), { kind: 'incomplete', typed: 7 });
  assert.deepEqual(readLink('#%E0%A4%A'), { kind: 'unknown-symbol', symbol: '%' });
});

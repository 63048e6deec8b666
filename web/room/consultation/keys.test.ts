import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyMeaning } from './keys.ts';

test('keys mean nothing while somebody writes, holds them down or means the browser', () => {
  const key = (name: string, more = {}) => ({
    key: name,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    repeat: false,
    ...more,
  });
  assert.equal(keyMeaning(key('n'), false), 'next');
  assert.equal(keyMeaning(key('M'), false), 'microphone');
  assert.equal(keyMeaning(key('v'), false), 'camera');
  assert.equal(keyMeaning(key('?', { shiftKey: true }), false), 'keys');
  assert.equal(keyMeaning(key('n'), true), undefined);
  assert.equal(keyMeaning(key('n', { ctrlKey: true }), false), undefined);
  assert.equal(keyMeaning(key('n', { repeat: true }), false), undefined);
  assert.equal(keyMeaning(key('Escape'), false), undefined);
  assert.equal(keyMeaning(key('constructor'), false), undefined);
});

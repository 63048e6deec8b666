import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitOf } from './fit.ts';

test('a picture of nearly the same shape fills the page', () => {
  assert.equal(fitOf({ width: 1280, height: 720 }, { width: 1280, height: 800 }), 'cover');
  assert.equal(fitOf({ width: 640, height: 480 }, { width: 1280, height: 800 }), 'cover');
});

test('an upright phone on a wide screen, and the other way round, is shown whole', () => {
  assert.equal(fitOf({ width: 720, height: 1280 }, { width: 1280, height: 800 }), 'contain');
  assert.equal(fitOf({ width: 1280, height: 720 }, { width: 390, height: 844 }), 'contain');
});

test('a picture that has not come yet is not cut', () => {
  assert.equal(fitOf({ width: 0, height: 0 }, { width: 390, height: 844 }), 'contain');
});

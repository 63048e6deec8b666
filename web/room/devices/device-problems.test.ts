import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browserFamily, deviceProblems } from './device-problems.ts';

test('devices that work or are switched off are no problem', () => {
  assert.deepEqual(deviceProblems({ camera: 'on', microphone: 'on' }), []);
  assert.deepEqual(deviceProblems({ camera: 'off', microphone: 'off' }), []);
});

test('the same trouble with both devices is one card', () => {
  assert.deepEqual(deviceProblems({ camera: 'blocked', microphone: 'blocked' }), [
    { devices: 'both', trouble: 'blocked' },
  ]);
});

test('different troubles are a card each, the microphone first', () => {
  assert.deepEqual(deviceProblems({ camera: 'busy', microphone: 'missing' }), [
    { devices: 'microphone', trouble: 'missing' },
    { devices: 'camera', trouble: 'busy' },
  ]);
  assert.deepEqual(deviceProblems({ camera: 'missing', microphone: 'on' }), [
    { devices: 'camera', trouble: 'missing' },
  ]);
});

test('help for a denied permission speaks of the browser that is used', () => {
  const mac =
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.4 Safari/605.1.15';
  assert.equal(browserFamily(mac, 0), 'safari');
  assert.equal(browserFamily(mac, 5), 'safari-ios');
  assert.equal(browserFamily('Mozilla/5.0 (iPhone; CPU iPhone OS 17_4) CriOS/120', 5), 'safari-ios');
  assert.equal(
    browserFamily('Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 0),
    'firefox',
  );
  assert.equal(
    browserFamily('Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130', 0),
    'chromium',
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge, relayWays, type WayResult } from './connection-test.ts';

const local: WayResult = { way: { kind: 'local' }, state: 'open', roundTripMs: 1, kbitPerSecond: 90_000 };
const direct = (state: WayResult['state'], kbitPerSecond?: number): WayResult => ({
  way: { kind: 'direct' },
  state,
  kbitPerSecond,
});
const relay = (state: WayResult['state'], kbitPerSecond?: number): WayResult => ({
  way: { kind: 'relay', url: 'turn:relay.example:3478', transport: 'udp', port: 3478 },
  state,
  kbitPerSecond,
});

test('each address of the relay is tested once, with the port and transport that a browser takes', () => {
  const urls = [
    'stun:relay.example:3478',
    'turn:relay.example',
    'turn:relay.example:3479?transport=tcp',
    'turns:[2001:db8::1]:443?transport=tcp',
    'turn:relay.example',
  ];
  const ways = relayWays([{ urls }, { urls: ['turns:relay.example'] }]);
  assert.deepEqual(
    ways.map(({ transport, port }) => `${transport} ${port}`),
    ['udp 3478', 'tcp 3479', 'tls 443', 'tls 5349'],
  );
});

test('the quickest way that is open decides what the line is good for', () => {
  assert.equal(judge([local, direct('blocked'), relay('open', 2_400)]), 'good');
  assert.equal(judge([local, relay('blocked'), relay('open', 400)]), 'fair');
  assert.equal(judge([local, relay('open', 90), relay('refused')]), 'sound');
  assert.equal(judge([local, direct('open', 1_500), relay('blocked')]), 'good');
});

test('with every way blocked there is none, and what connects nothing within the device never will', () => {
  assert.equal(judge([local, direct('blocked'), relay('blocked')]), 'none');
  assert.equal(judge([{ ...local, state: 'blocked' }, relay('blocked')]), 'no-calls');
});

test('nothing is promised where no relay was there to test', () => {
  assert.equal(judge([local]), 'unknown');
  assert.equal(judge([local, direct('open', 5_000)]), 'unknown');
});

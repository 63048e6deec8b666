import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectionHeaderBytes, type SealedSignal } from '@sprechzimmer/protocol/signalling.ts';
import { ParticipantPath } from './participant-path.ts';
import { SecureLink } from './secure-link.ts';
import { settle } from './testing/settle.ts';

const opened: RTCConfiguration[] = [];
const { RTCPeerConnection: browserConnection } = globalThis;

/** Notes how it was opened, and goes no further. */
class NotedConnection {
  constructor(configuration: RTCConfiguration) {
    opened.push(configuration);
  }
  createDataChannel = () => ({ close: () => {} });
  getTransceivers = () => [];
  setRemoteDescription = () => new Promise(() => {});
  close(): void {}
}

before(() => void Object.assign(globalThis, { RTCPeerConnection: NotedConnection }));
after(() => void Object.assign(globalThis, { RTCPeerConnection: browserConnection }));

const session = 'A'.repeat(22);
const sdp = `v=0\r\na=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}\r\n`;

/** Somebody offers a connection to a page that was opened with these options. */
async function offered(
  relayOnly: boolean | undefined,
  offer: Partial<Extract<SealedSignal, { kind: 'offer' }>>,
) {
  opened.length = 0;
  const psk = new Uint8Array(32).fill(1);
  const path = new ParticipantPath(undefined, {
    sendFrame: (frame) => other.handleFrame(frame.slice(connectionHeaderBytes)),
    pathOptions: () => ({ iceServers: [], relayOnly }),
    isInConsultation: () => true,
    onOpen: () => {},
    onMessage: () => {},
    onPutOff: () => {},
    onEvent: () => {},
    onHealth: () => {},
    onPath: () => {},
  });
  const other = new SecureLink('host', psk, {
    send: (frame) => path.handleFrame(frame),
    onReady: () => {},
    onSignal: () => {},
    onInsecure: (reason) => assert.fail(reason),
  });
  path.awaitHost(psk);
  await settle();
  other.send({ kind: 'offer', session, sdp, ...offer });
  await settle();
  path.close();
  other.close();
  return opened[0]?.iceTransportPolicy;
}

test('where addresses are hidden, another guest’s offer without that wish learns none', async () => {
  assert.equal(await offered(true, {}), 'relay');
  assert.equal(await offered(true, { relayOnly: true }), 'relay');
});

test('the practice’s wish holds, and without one the direct way is taken', async () => {
  assert.equal(await offered(undefined, { relayOnly: true }), 'relay');
  assert.notEqual(await offered(undefined, {}), 'relay');
});

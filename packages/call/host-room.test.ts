import assert from 'node:assert/strict';
import { after, afterEach, before, mock, test } from 'node:test';
import { appointmentId, invitationId } from '@sprechzimmer/protocol/ids.ts';
import type { ExpectedParticipant } from '@sprechzimmer/protocol/room-window.ts';
import type { ServerMessage } from '@sprechzimmer/protocol/signalling.ts';
import { HostRoom } from './host-room.ts';
import type { LocalMedia } from './local-media.ts';
import { settle } from './testing/settle.ts';

/** The server is the attacker: it says and relays what the test wants, and keeps what the host sends. */
class ManipulatedServer {
  readonly readyState = 1;
  readonly texts: string[] = [];
  readonly frames: Uint8Array[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string | ArrayBuffer }) => void) | null = null;
  onclose: unknown = null;

  send(data: string | Uint8Array): void {
    if (typeof data === 'string') this.texts.push(data);
    else this.frames.push(data);
  }
  close(): void {}
  say(message: ServerMessage): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
}

class SilentStream {
  getTracks = () => [];
}

const media = {
  tracks: { audio: null, video: null },
  readiness: { camera: 'on', microphone: 'on' },
  onChange: () => () => {},
  setScreen: () => {},
} as unknown as LocalMedia;
const [noon, midnight] = [Date.parse('2026-11-26T11:00:00Z'), Date.parse('2026-11-26T23:00:00Z')];
const id = invitationId.parse('00000000-0000-4000-8000-000000000001');
const expected: ExpectedParticipant = {
  appointmentId: appointmentId.parse(id),
  invitationId: id,
  name: 'Erika Beispiel',
  role: 'patient',
  time: '12:30',
  psk: 'A'.repeat(43),
  from: Date.parse('2026-11-25T23:00:00Z'),
  until: midnight,
  compareWords: false,
};

let server: ManipulatedServer;
let room: HostRoom | undefined;
const { MediaStream: stream, WebSocket: socket } = globalThis;

before(() => {
  const connect = () => (server = new ManipulatedServer());
  const browser = new EventTarget();
  Object.assign(globalThis, {
    MediaStream: SilentStream,
    WebSocket: new Proxy(function () {}, { construct: connect, get: (_, key) => key === 'OPEN' && 1 }),
    addEventListener: browser.addEventListener.bind(browser),
    removeEventListener: browser.removeEventListener.bind(browser),
  });
});
after(() => {
  Object.assign(globalThis, { MediaStream: stream, WebSocket: socket });
});
afterEach(() => {
  room?.close();
  mock.timers.reset();
});

/** A host's window at this hour of its own clock, whose server says that the participant waits. */
function openRoom(now: number): HostRoom {
  mock.timers.enable({ apis: ['Date', 'setInterval'], now });
  const greeting = { kind: 'host', v: 1, ticket: 'B'.repeat(43) } as const;
  const options = {
    signallingUrl: 'ws://video.example/signalling',
    greeting,
    practitioner: 'Dr. Sommer',
    hideAddress: false,
  };
  room = new HostRoom({ ...options, expected: [expected], media });
  server.onopen?.();
  server.say({ kind: 'hosting', iceServers: [], waiting: [{ connection: 1, invitationId: id }] });
  return room;
}

async function framesSent(): Promise<number> {
  await settle();
  return server.frames.length;
}

const namesIn = ({ state }: HostRoom) =>
  state.kind === 'open' ? state.participants.map((one) => `${one.expectedName} ${one.link}`) : [];

test('within the day the host begins the handshake with whoever waits', async () => {
  const open = openRoom(noon);
  assert.equal(await framesSent(), 1);
  assert.deepEqual(namesIn(open), ['Erika Beispiel connecting']);
});

test('a server that says on another day that a participant waits gets not even a greeting', async () => {
  for (const hour of [expected.from - 1, midnight, midnight + 86_400_000]) {
    const open = openRoom(hour);
    server.say({ kind: 'arrived', connection: 2, invitationId: id });
    server.onmessage?.({ data: new Uint8Array([0, 0, 0, 1, 1, 1, 7]).buffer });
    assert.equal(await framesSent(), 0);
    open.callIn(id);
    assert.ok(open.state.kind === 'open' && !open.state.consultation);
    open.close();
    mock.timers.reset();
  }
});

test('at midnight who waits is dropped, though the practice app says nothing and the server goes on', async () => {
  const open = openRoom(midnight - 5_000);
  assert.equal(await framesSent(), 1);
  mock.timers.tick(5_000);
  assert.deepEqual(namesIn(open), []);
  server.say({ kind: 'arrived', connection: 2, invitationId: id });
  server.onmessage?.({ data: new Uint8Array([0, 0, 0, 1, 1, 1, 7]).buffer });
  assert.equal(await framesSent(), 1);
});

test('whoever came too early is let in when the day begins', async () => {
  const open = openRoom(expected.from - 3_000);
  assert.equal(await framesSent(), 0);
  assert.deepEqual(namesIn(open), ['Erika Beispiel absent']);
  mock.timers.tick(3_000);
  assert.equal(await framesSent(), 1);
});

test('what the practice app says later about the time counts at once', async () => {
  const open = openRoom(noon);
  const greeting = { kind: 'host', v: 1, ticket: 'C'.repeat(43) } as const;
  const news = { greeting, practitioner: 'Dr. Sommer', hideAddress: false };
  open.update({ ...news, expected: [{ ...expected, until: noon }] });
  assert.deepEqual(namesIn(open), []);
});

test('a host code greets the server with its locator, and the card is handed on', () => {
  mock.timers.enable({ apis: ['Date', 'setInterval'], now: noon });
  const greeting = { kind: 'host-code', v: 1, locator: 'D'.repeat(22) } as const;
  const opening = { greeting, practitioner: '', expected: [], hideAddress: false };
  room = new HostRoom({ ...opening, signallingUrl: 'ws://x', media });
  server.onopen?.();
  assert.deepEqual(JSON.parse(server.texts[0] ?? ''), greeting);
  server.say({ kind: 'hosting', iceServers: [], waiting: [], card: 'AAAA' });
  assert.equal(room.card, 'AAAA');
});

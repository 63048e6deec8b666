import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Words } from '@sprechzimmer/crypto/words.ts';
import { consultationRecord, type ConsultationRecord } from '@sprechzimmer/protocol/consultation-record.ts';
import { appointmentId, invitationId } from '@sprechzimmer/protocol/ids.ts';
import { ConsultationLog, withFacts } from './consultation-log.ts';
import { type HostEvent, type HostState, initialHostState, type OpenRoom, type Seat } from './host-state.ts';
import type { Evidence, PathFacts } from './path-facts.ts';

const [first, second] = ['1', '2'].map((digit) =>
  invitationId.parse(`00000000-0000-4000-8000-00000000000${digit}`),
);
const appointment = appointmentId.parse('00000000-0000-4000-8000-0000000000aa');
const since = new Date('2026-11-28T10:00:00Z');
const facts: PathFacts = {
  way: 'direct',
  dtlsVersion: 'DTLS 1.2',
  dtlsCipher: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  srtpCipher: 'AEAD_AES_128_GCM',
  dtlsRole: 'client',
  iceRole: 'controlling',
  ownFingerprint: 'SHA-256 aa',
  otherFingerprint: 'SHA-256 bb',
};

const words: Words = ['Ahorn', 'Brücke', 'Chor'];

/** A room that goes through what the test says. */
class Room {
  state: HostState = initialHostState;
  seats: Seat[] = [];
  readonly comparedWords = new Set<Words>();
  lastEvent: HostEvent | undefined;
  facts = facts;
  #changed = () => {};
  #looked = () => {};
  onChange(listener: () => void) {
    this.#changed = listener;
    return () => {};
  }
  onHealth(listener: () => void) {
    this.#looked = listener;
    return () => {};
  }
  wordsOf = () => words;
  evidenceOf = (): Promise<Evidence> => {
    const { way, ...told } = this.facts;
    const candidateType = way === 'relayed' ? 'relay' : 'host';
    const reports = [
      { type: 'transport', id: 'T', selectedCandidatePairId: 'P', tlsVersion: 'FEFD', ...told },
      { type: 'candidate-pair', id: 'P', localCandidateId: 'L' },
      { type: 'local-candidate', id: 'L', candidateType },
    ];
    return Promise.resolve({ reports, sdp: '', other: undefined });
  };
  async look() {
    this.#looked();
    await new Promise((resolve) => setImmediate(resolve));
  }
  go(seats: (typeof first)[], event?: HostEvent) {
    this.seats = seats.map(
      (id) => ({ invitationId: id, name: `Gast ${id?.at(-1)}`, role: 'patient' }) as Seat,
    );
    const [head, ...others] = this.seats;
    const participants = [first, second].map((id) => ({ invitationId: id, appointmentId: appointment }));
    const consultation = head && { ...head, since, others };
    this.state = {
      kind: 'open',
      online: true,
      participants,
      consultation,
      insecureLater: [],
    } as unknown as OpenRoom;
    this.lastEvent = event;
    this.#changed();
  }
}

function logged() {
  const room = new Room();
  const records: ConsultationRecord[] = [];
  const log = new ConsultationLog(room, { value: 'Dr. Sommer' }, (id, record) => {
    assert.equal(id, appointment);
    records.push(consultationRecord.parse(record));
  });
  log.begin();
  return { room, records };
}

test('a consultation leaves a record of who was there, how it was secured, and who ended it', async () => {
  const { room, records } = logged();
  room.go([first]);
  await room.look();
  room.comparedWords.add(words);
  room.go([first, second]);
  room.facts = { ...facts, way: 'relayed' };
  await room.look();
  room.go([second]);
  assert.equal(records.length, 0);
  room.go([], { kind: 'seat-left', invitationId: first, by: 'participant' } as HostEvent);
  const [record] = records;
  assert.ok(record);
  assert.equal(record.startedAt, since.toISOString());
  assert.deepEqual(
    [record.endedBy, record.endedByName, record.practitioner],
    ['participant', 'Gast 2', 'Dr. Sommer'],
  );
  const [one, two] = record.guests;
  assert.deepEqual(
    one?.paths.map(({ way }) => way),
    ['direct', 'relayed'],
  );
  assert.deepEqual(
    two?.paths.map(({ way }) => way),
    ['relayed'],
  );
  assert.deepEqual([one?.words, one?.wordsCompared], ['Ahorn · Brücke · Chor', true]);
  assert.ok(one && one.leftAt <= record.endedAt, 'the first one left earlier');
  assert.equal(two?.leftAt, record.endedAt);
});

test('each consultation has a record of its own, which says how it ended', () => {
  const { room, records } = logged();
  room.go([]);
  assert.equal(records.length, 0);
  const events = [
    { kind: 'ended' },
    { kind: 'seat-left', invitationId: first, by: 'host' },
    { kind: 'peer', invitationId: first, event: { kind: 'insecure', reason: 'words' } },
    { kind: 'replaced' },
  ] as HostEvent[];
  for (const event of events) {
    room.go([first]);
    room.go([], event);
  }
  assert.deepEqual(
    records.map(({ endedBy }) => endedBy),
    ['host', 'host', 'insecure', 'broken-off'],
  );
  assert.equal(new Set(records.map(({ id }) => id)).size, events.length);
});

test('a way is noted anew only when something is another; what is learnt later belongs to it', () => {
  const at = (minute: number) => new Date(since.getTime() + minute * 60_000);
  let paths = withFacts([], { ...facts, srtpCipher: '' }, at(0));
  paths = withFacts(paths, facts, at(1));
  paths = withFacts(paths, facts, at(2));
  assert.deepEqual(paths, [{ since: at(0).toISOString(), ...facts }]);
  for (let minute = 3; minute < 10; minute++)
    paths = withFacts(paths, { ...facts, way: minute % 2 ? 'relayed' : 'direct' }, at(minute));
  assert.deepEqual(
    paths.map((path) => path.since),
    [0, 7, 8, 9].map((minute) => at(minute).toISOString()),
  );
});

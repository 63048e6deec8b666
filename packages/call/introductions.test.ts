import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ChannelMessage, channelMessage } from '@sprechzimmer/protocol/consultation.ts';
import { invitationId } from '@sprechzimmer/protocol/ids.ts';
import { Introductions } from './introductions.ts';

const id = (n: number) => invitationId.parse(`00000000-0000-4000-8000-00000000000${n}`);

/** A consultation whose guests keep what they are told. */
function openConsultation(...guests: number[]) {
  const introductions = new Introductions();
  const told = new Map<number, ChannelMessage[]>();
  const seat = (n: number) => {
    const mine = told.get(n) ?? [];
    told.set(n, mine);
    const send = (message: ChannelMessage) => mine.push(channelMessage.parse(message)) > 0;
    introductions.seat(id(n), { name: `Name ${n}`, role: 'patient', send });
  };
  guests.forEach(seat);
  const of = <Kind extends ChannelMessage['kind']>(n: number, kind: Kind) =>
    (told.get(n) ?? []).filter((one): one is Extract<ChannelMessage, { kind: Kind }> => one.kind === kind);
  return { introductions, seat, of };
}

test('one guest alone is told that nobody else is there', () => {
  const { of } = openConsultation(1);
  assert.deepEqual(of(1, 'people'), [{ kind: 'people', people: [] }]);
  assert.deepEqual(of(1, 'vouch'), []);
});

test('everyone is told who is there, and never themselves', () => {
  const { of } = openConsultation(1, 2, 3);
  const names = (n: number) =>
    of(n, 'people')
      .at(-1)
      ?.people.map((one) => one.name);
  assert.deepEqual(names(1), ['Name 2', 'Name 3']);
  assert.deepEqual(names(3), ['Name 1', 'Name 2']);
});

test('each pair has a psk of its own, and exactly one of the two begins', () => {
  const { of } = openConsultation(1, 2, 3);
  const vouches = [1, 2, 3].flatMap((n) => of(n, 'vouch'));
  assert.equal(vouches.length, 6);
  const byPsk = Map.groupBy(vouches, (one) => one.psk);
  assert.equal(byPsk.size, 3);
  for (const pair of byPsk.values()) {
    assert.equal(pair.length, 2);
    assert.equal(pair.filter((one) => one.begins).length, 1);
    assert.equal(new Set(pair.map((one) => one.serial)).size, 1);
  }
});

test('a frame goes to the one it is for, and says from whom it comes', () => {
  const { introductions, of } = openConsultation(1, 2, 3);
  const [toTwo] = of(1, 'people').at(-1)?.people ?? [];
  const [toOne] = of(2, 'people').at(-1)?.people ?? [];
  const serial = of(1, 'vouch').find((vouch) => vouch.id === toTwo?.id)?.serial;
  assert.ok(toTwo && toOne && serial !== undefined);
  introductions.pass(id(1), { kind: 'pass', id: toTwo.id, serial, frame: 'AAAA' });
  assert.deepEqual(of(2, 'pass'), [{ kind: 'pass', id: toOne.id, serial, frame: 'AAAA' }]);
  assert.deepEqual([...of(1, 'pass'), ...of(3, 'pass')], []);
});

test('a guest can drown no other: frames are carried as many as connecting takes, and none under an unknown serial', () => {
  const { introductions, of } = openConsultation(1, 2);
  const [vouch] = of(1, 'vouch');
  assert.ok(vouch);
  const { id: toTwo, serial } = vouch;
  introductions.pass(id(1), { kind: 'pass', id: toTwo, serial: serial + 1, frame: 'AAAA' });
  assert.equal(of(2, 'pass').length, 0);
  for (let sent = 0; sent < 1_000; sent += 1)
    introductions.pass(id(1), { kind: 'pass', id: toTwo, serial, frame: 'AAAA' });
  assert.ok(of(2, 'pass').length >= 40 && of(2, 'pass').length < 60, String(of(2, 'pass').length));
});

test('nobody who is not seated reaches anybody, and nobody reaches themselves', () => {
  const { introductions, of } = openConsultation(1, 2);
  const [toTwo] = of(1, 'people').at(-1)?.people ?? [];
  const [toOne] = of(2, 'people').at(-1)?.people ?? [];
  const serial = of(1, 'vouch')[0]?.serial;
  assert.ok(toTwo && toOne && serial !== undefined);
  introductions.pass(id(9), { kind: 'pass', id: toTwo.id, serial, frame: 'AAAA' });
  introductions.pass(id(1), { kind: 'pass', id: toOne.id, serial, frame: 'AAAA' });
  introductions.unseat(id(1));
  introductions.pass(id(1), { kind: 'pass', id: toTwo.id, serial, frame: 'AAAA' });
  assert.deepEqual([...of(1, 'pass'), ...of(2, 'pass')], []);
  assert.deepEqual(of(2, 'people').at(-1)?.people, [], 'whoever is left hears of it');
});

test('who is back after a reload keeps their id, and is vouched for with a new psk', () => {
  const { seat, of } = openConsultation(1, 2);
  const [before] = of(1, 'vouch');
  seat(2);
  const [, after] = of(1, 'vouch');
  assert.ok(before && after);
  assert.equal(after.id, before.id);
  assert.equal(after.begins, before.begins);
  assert.notEqual(after.psk, before.psk);
  assert.notEqual(after.serial, before.serial);
});

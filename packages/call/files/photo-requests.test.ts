import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SideMessage } from '@sprechzimmer/protocol/consultation.ts';
import { Talk, type TalkPeer } from '../talk.ts';
import { FileTalk } from './file-talk.ts';
import { PhotoRequests } from './photo-requests.ts';

function meet() {
  const talks: Record<'host' | 'patient', Talk> = {
    host: new Talk(() => [patient]),
    patient: new Talk(() => [host]),
  };
  const patient: TalkPeer = { id: 'patient', send: (message) => say('patient', message), bulk: undefined };
  const host: TalkPeer = { id: 'host', send: (message) => say('host', message), bulk: undefined };
  function say(to: 'host' | 'patient', message: SideMessage): boolean {
    talks[to].handle(message, to === 'host' ? patient : host);
    return true;
  }
  const files = { host: new FileTalk(talks.host), patient: new FileTalk(talks.patient) };
  const ends = {
    host: new PhotoRequests(files.host, undefined),
    patient: new PhotoRequests(files.patient, 'host'),
  };
  files.host.begin();
  files.patient.begin();
  return ends;
}

test('a photo that was asked for is taken once', () => {
  const { host, patient } = meet();
  assert.equal(host.ask('patient'), true);
  assert.equal(patient.askedBy, 'host');
  const request = patient.answer();
  assert.ok(request);
  assert.equal(patient.askedBy, undefined);
  assert.equal(host.take('patient', request.id), true);
  assert.equal(host.take('patient', request.id), false);
  assert.deepEqual(host.asked, []);
});

test('who declines is not asked any more, and whoever asked is told', () => {
  const { host, patient } = meet();
  host.ask('patient');
  patient.decline();
  assert.equal(patient.askedBy, undefined);
  assert.equal(host.asked[0]?.state, 'declined');
  assert.equal(host.take('patient', 1), false);
});

test('a patient’s page cannot ask the practice for a photo', () => {
  const { host, patient } = meet();
  patient.ask('host');
  assert.equal(host.askedBy, undefined);
});

test('nobody is asked who is not there', () => {
  const { host } = meet();
  assert.equal(host.ask('nobody'), false);
  assert.deepEqual(host.asked, []);
});

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { presumedMedia } from '@sprechzimmer/call/participant-state.ts';
import { loadMessages } from '../messages.ts';
import { changeOf, largeOf, type Person, picturesOf } from './people.ts';

before(loadMessages);

const streams = { stream: {} as MediaStream, screen: {} as MediaStream };
const person = (id: string, more: Partial<Person> = {}): Person => ({
  id,
  name: `Name ${id}`,
  role: 'patient',
  link: 'connected',
  remote: presumedMedia,
  ...streams,
  ...more,
});
const large = (people: Person[], pin?: string) => largeOf(people, pin)?.id;

test('the first is large, and whoever is pinned for as long as they are there', () => {
  const people = [person('a'), person('b'), person('c')];
  assert.equal(large(people), 'a');
  assert.equal(large(people, 'b'), 'b');
  assert.equal(large([person('a'), person('c')], 'b'), 'a');
  assert.deepEqual(
    picturesOf(people, 'b').map((picture) => picture.large),
    [false, true, false],
  );
});

test('a tile says whose it is, and what its picture does not say', () => {
  const caption = (more: Partial<Person>) => picturesOf([person('a', more)], undefined)[0]?.caption;
  assert.equal(caption({}), 'Name a');
  assert.equal(caption({ remote: { ...presumedMedia, microphone: false } }), 'Name a: Mikrofon aus');
  assert.equal(caption({ link: 'interrupted' }), 'Name a: Verbindung unterbrochen');
});

test('a picture that is held back does not move', () => {
  const [picture] = picturesOf([person('a', { remote: { ...presumedMedia, heldBack: true } })], undefined);
  assert.equal(picture?.moving, false);
});

test('each new face is announced, and each that goes', () => {
  assert.equal(changeOf(['A'], ['A', 'B']), 'B ist jetzt dabei.');
  assert.equal(changeOf(['A', 'B'], ['B', 'C']), 'C ist jetzt dabei. A ist nicht mehr dabei.');
  assert.equal(changeOf(['A'], ['A']), '');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PracticeSession } from '../practice/session.ts';
import { practitionerColor, practitionerColors } from './practitioner-color.ts';

function practice(users: [id: string, role: string, color?: number][]) {
  return {
    membership: { users: new Map(users.map(([id, role]) => [id, { role }])) },
    userProfiles: new Map(
      users.map(([id, , color]) => [id, { name: id, ...(color === undefined ? {} : { color }) }]),
    ),
  } as unknown as PracticeSession;
}

test('practitioners get colours in the order in which they came, and keep them when others come', () => {
  const before = practice([
    ['a', 'practitioner'],
    ['desk', 'assistant'],
    ['b', 'practitioner'],
  ]);
  assert.equal(practitionerColor(before, 'a'), 0);
  assert.equal(practitionerColor(before, 'b'), 1);
  const after = practice([
    ['a', 'practitioner'],
    ['desk', 'assistant'],
    ['b', 'practitioner'],
    ['c', 'practitioner'],
  ]);
  assert.equal(practitionerColor(after, 'b'), 1);
  assert.equal(practitionerColor(after, 'c'), 2);
});

test('a chosen colour is kept for who chose it while there are others', () => {
  const session = practice([
    ['a', 'practitioner', 1],
    ['b', 'practitioner'],
    ['c', 'practitioner'],
  ]);
  assert.deepEqual(
    ['a', 'b', 'c'].map((id) => practitionerColor(session, id)),
    [1, 0, 2],
  );
});

test('the ninth practitioner has a colour, too', () => {
  const many = practice(Array.from('abcdefghij', (id) => [id, 'practitioner']));
  assert.equal(practitionerColor(many, 'i'), practitionerColor(many, 'a'));
  assert.ok(practitionerColor(many, 'j') < practitionerColors);
  assert.equal(practitionerColor(many, 'long-gone'), 0);
});

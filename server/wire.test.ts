import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wire, wireBefore } from './testing/wire.ts';
import { wireDangers, type WireSchema } from './testing/wire-dangers.ts';

test('pages and servers of the version before and of this one understand each other', () => {
  const now = wire();
  const dangers = Object.entries(wireBefore()).flatMap(([name, before]) => {
    const there = now[name];
    return there ? wireDangers(before, there, name) : [`${name}: is gone`];
  });
  assert.deepEqual(dangers, []);
});

const text: WireSchema = { type: 'string', maxLength: 40 };
const message: WireSchema = {
  oneOf: [
    {
      type: 'object',
      properties: { kind: { const: 'call' }, name: text, why: { enum: ['late', 'lost'] }, note: text },
      required: ['kind', 'name', 'why'],
    },
    { type: 'object', properties: { kind: { const: 'end' } }, required: ['kind'] },
  ],
};

/** The message with its first kind as given. */
function changed(properties: Record<string, WireSchema>, required = ['kind', 'name', 'why']): WireSchema {
  const [first, second] = message.oneOf!;
  return { oneOf: [{ ...first, properties: { ...first!.properties, ...properties }, required }, second!] };
}

test('what only adds is no danger: a kind, a value, an optional field, more room', () => {
  const another: WireSchema = { type: 'object', properties: { kind: { const: 'wave' } }, required: ['kind'] };
  for (const now of [
    message,
    { oneOf: [...message.oneOf!, another] },
    changed({ more: text }),
    changed({ why: { enum: ['late', 'lost', 'full'] } }),
    changed({ name: { type: 'string', maxLength: 80 } }),
    changed({ name: { anyOf: [text, { type: 'null' }] } }),
    changed({ name: { ...text, type: ['string', 'null'] } }),
  ])
    assert.deepEqual(wireDangers(message, now, 'message'), []);
});

test('what the version before would refuse or miss is told, with its place', () => {
  const dangers: [WireSchema, string][] = [
    [{ oneOf: [message.oneOf![0]!] }, 'message end: is gone'],
    [changed({ why: { enum: ['late'] } }), 'message call.why: lost is not taken any more'],
    [changed({ name: { type: 'string', maxLength: 20 } }), 'message call.name: is narrower'],
    [changed({ name: { type: 'integer' } }), 'message call.name: is another type'],
    [changed({ name: { ...text, pattern: '^x' } }), 'message call.name: has another form'],
    [
      changed({ more: text }, ['kind', 'name', 'why', 'more']),
      'message call.more: the version before does not say it',
    ],
    [changed({}, ['kind', 'name', 'why', 'note']), 'message call.note: the version before may leave it out'],
    [changed({}, ['kind', 'why']), 'message call.name: the version before cannot do without'],
  ];
  for (const [now, danger] of dangers) assert.deepEqual(wireDangers(message, now, 'message'), [danger]);
});

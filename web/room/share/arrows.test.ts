import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Talk } from '@sprechzimmer/call/talk.ts';
import type { SideMessage } from '@sprechzimmer/protocol/consultation.ts';
import { openArrows } from './arrows.ts';

const arrow = { from: { x: 0.1, y: 0.1 }, to: { x: 0.5, y: 0.5 } };

function openTalk() {
  const sent: SideMessage[] = [];
  const peer = { id: 'other', bulk: undefined, send: (message: SideMessage) => sent.push(message) > 0 };
  return { talk: new Talk(() => [peer]), peer, sent };
}

test('an arrow is seen on both pages and disappears by itself', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { talk, peer, sent } = openTalk();
  const arrows = openArrows(talk);
  arrows.draw(arrow);
  talk.handle({ kind: 'arrow', arrow }, peer);
  assert.equal(arrows.shown.value.size, 2);
  assert.deepEqual(sent, [{ kind: 'arrow', arrow }]);
  t.mock.timers.tick(8_000);
  assert.equal(arrows.shown.value.size, 0);
});

test('taking them away takes all away, here and there', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { talk, peer, sent } = openTalk();
  const arrows = openArrows(talk);
  talk.handle({ kind: 'arrow', arrow }, peer);
  arrows.draw(arrow);
  arrows.draw(arrow);
  arrows.clear();
  t.mock.timers.tick(1_000);
  assert.equal(arrows.shown.value.size, 0);
  assert.deepEqual(sent.at(-1), { kind: 'arrow', arrow: null });
  arrows.draw(arrow);
  talk.handle({ kind: 'arrow', arrow: null }, peer);
  assert.equal(arrows.shown.value.size, 0);
});

test('an arrow over an earlier screen does not come up over the next', () => {
  const { talk, peer } = openTalk();
  talk.handle({ kind: 'arrow', arrow }, peer);
  const arrows = openArrows(talk);
  assert.equal(arrows.shown.value.size, 0);
  arrows.close();
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measureSetUp } from './set-up-time.ts';

/** A connection on which at each look so many pictures and packets of sound have arrived. */
function line(...counts: [pictures: number, sounds: number][]) {
  let looks = 0;
  const look = () => {
    const [framesDecoded, packetsReceived] = counts[Math.min(looks++, counts.length - 1)] ?? [0, 0];
    const reports = [
      { type: 'inbound-rtp', id: 'V', kind: 'video', framesDecoded, packetsReceived: 1_000 * looks },
      { type: 'inbound-rtp', id: 'A', kind: 'audio', packetsReceived },
      { type: 'outbound-rtp', id: 'O', kind: 'video', framesDecoded: looks },
    ];
    return Promise.resolve({ reports, sdp: '', other: undefined });
  };
  return { look, looks: () => looks };
}

const never = () => false;

test('the first picture ends it, and packets of it that are no picture yet do not', async () => {
  const { look, looks } = line([0, 0], [0, 0], [1, 0]);
  const ms = await measureSetUp(look, new Date(), never);
  assert.equal(looks(), 3);
  assert.ok(ms !== undefined && ms >= 90, String(ms));
});

test('without a camera the first sound ends it', async () => {
  const { look, looks } = line([0, 0], [0, 1]);
  assert.ok((await measureSetUp(look, new Date(), never)) !== undefined);
  assert.equal(looks(), 2);
});

test('what came in an earlier consultation on the same connection is not this one’s', async () => {
  const { look, looks } = line([500, 900], [500, 900], [501, 900]);
  await measureSetUp(look, new Date(), never);
  assert.equal(looks(), 3);
});

test('where nothing comes within a minute, or before it is over, nothing is told', async () => {
  const { look } = line([0, 0], [1, 0]);
  assert.equal(await measureSetUp(look, new Date(Date.now() - 61_000), never), undefined);
  assert.equal(await measureSetUp(look, new Date(), () => true), undefined);
});

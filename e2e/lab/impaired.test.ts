import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { measureImpaired } from './impaired.ts';
import { type Lab, openLab } from './lab.ts';

let lab: Lab;

before(async () => {
  lab = await openLab();
});

after(() => lab?.close());

const longEnoughMs = 12_000;
/** A fifth of the sound made up is where sentences begin to be lost. */
const mostSoundLossPercent = 20;

for (const [impairment, sentence] of [
  ['rate100', 'on a line of 100 kbit/s both understand each other'],
  ['loss10', 'with a tenth of all packets lost both understand each other'],
] as const) {
  test(sentence, async () => {
    const { product, bare } = await measureImpaired(lab, impairment, longEnoughMs);
    for (const end of ['practice', 'patient'] as const) {
      const [ours, theirs] = [product[end].soundLossPercent, bare[end].soundLossPercent];
      const measured = `at the ${end}: ${ours} % of the sound made up, ${theirs} % on a bare connection`;
      assert.ok(ours <= mostSoundLossPercent, measured);
      assert.ok(ours <= theirs + 5, measured);
    }
  });
}

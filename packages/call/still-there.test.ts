import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StillThere } from './still-there.ts';

test('two who ask at once get the same answer, so that two strangers do not push out who is there', async () => {
  const other = new StillThere();
  let pings = 0;
  const ping = () => ++pings > 0;
  const answers = [other.ask(ping), other.ask(ping)];
  other.handlePong();
  assert.deepEqual(await Promise.all(answers), [true, true]);
  assert.equal(pings, 1);
});

test('the next question is asked anew, and who cannot be asked is not there', async () => {
  const other = new StillThere();
  const first = other.ask(() => true);
  other.handlePong();
  assert.equal(await first, true);
  assert.equal(await other.ask(() => false), false);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillPractice } from '../server/testing/fill-practice.ts';
import { openTestDatabase } from '../server/testing/test-database.ts';
import { sweep } from '../server/retention/sweep.ts';
import { listDeletionLog } from './admin-deletions.ts';

test('the operator reads the deletion log as a table, whatever was deleted of whom', async () => {
  const { db, close } = await openTestDatabase();
  try {
    const at = new Date('2026-01-15T12:00:00Z');
    const { practiceId } = await fillPractice(db, { day: '2026-01-15', at, expiresAt: at });
    const later = new Date('2026-06-30T12:00:00Z');
    await sweep({ db, now: () => later, config: { retentionMaxDays: 90 } });
    const [head, ...lines] = (await listDeletionLog(db)).split('\r\n');
    assert.equal(head, 'at,practice,kind,rule,count,oldest,newest');
    const line = `2026-06-30T12:00:00.000Z,${practiceId},appointment,retention,1,2026-01-15,2026-01-15`;
    assert.ok(lines.includes(line));
    assert.ok(lines.includes('2026-06-30T12:00:00.000Z,,session,expired,1,2026-01-15,2026-01-15'));
    assert.ok(lines.every((each) => each.split(',').length === 7));
  } finally {
    await close();
  }
});

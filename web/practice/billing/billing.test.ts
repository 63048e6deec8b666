import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { QuarterCounts } from '@sprechzimmer/protocol/billing.ts';
import type { UserId } from '@sprechzimmer/protocol/ids.ts';
import { billingCsv } from './csv.ts';
import { linesOf, totalOf } from './lines.ts';
import { quartersUntil } from './quarters.ts';

const [erika, otto, gone, alsoGone] = ['e', 'o', 'g', 'h'] as UserId[] as [UserId, UserId, UserId, UserId];
const names = new Map<string, string>([
  [otto, '=HYPERLINK("http://example.org";"Otto")'],
  [erika, 'Dr. Erika "Ecki" Muster; Ärztin'],
]);
const counts: QuarterCounts = {
  practitioners: [
    { practitionerId: gone, consultations: 2, cases: null },
    { practitionerId: otto, consultations: 1, cases: 0 },
    { practitionerId: erika, consultations: 12, cases: 35 },
    { practitionerId: alsoGone, consultations: 3, cases: 6 },
  ],
  cap: { percent: 37.5, validFrom: '2026-04-01', source: 'Beschluss vom 1. März' },
};

test('the table can be read by Excel, and no name becomes a formula', () => {
  assert.equal(
    billingCsv('2026-Q4', counts, names),
    '\uFEFF' +
      'Quartal;Behandelnde;Videosprechstunden;Behandlungsfälle;Anteil in %;Obergrenze in %;Quelle\r\n' +
      `2026-Q4;"'=HYPERLINK(""http://example.org"";""Otto"")";1;0;;37,5;2026-04-01: Beschluss vom 1. März\r\n` +
      '2026-Q4;"Dr. Erika ""Ecki"" Muster; Ärztin";12;35;34,29;37,5;2026-04-01: Beschluss vom 1. März\r\n' +
      '2026-Q4;Ehemalige (1);2;;;37,5;2026-04-01: Beschluss vom 1. März\r\n' +
      '2026-Q4;Ehemalige (2);3;6;50;37,5;2026-04-01: Beschluss vom 1. März\r\n' +
      '2026-Q4;Praxis gesamt;18;;;37,5;2026-04-01: Beschluss vom 1. März\r\n',
  );
  for (const start of ['+', '-', '@', '=', '\t']) {
    const csv = billingCsv('2026-Q4', counts, new Map([...names, [gone, `${start}cmd`]]));
    assert.ok(!csv.includes(`;${start}`), start);
  }
});

test('without a cap its columns stay empty', () => {
  const [line] = counts.practitioners;
  assert.ok(line);
  const csv = billingCsv('2026-Q4', { practitioners: [line], cap: null }, names);
  assert.equal(csv.split('\r\n')[1], '2026-Q4;Ehemalige;2;;;;');
});

test('a share is known once there are cases', () => {
  const shares = new Map(linesOf(counts, names).map(({ practitionerId, share }) => [practitionerId, share]));
  assert.equal(shares.get(gone), undefined);
  assert.equal(shares.get(otto), undefined);
  assert.equal(shares.get(alsoGone), 50);
});

test('the practice’s share is known once everybody’s cases are who held video consultations', () => {
  const [first, ...others] = counts.practitioners;
  assert.ok(first);
  assert.deepEqual(totalOf(counts), { consultations: 18, cases: null, share: undefined });
  assert.deepEqual(totalOf({ practitioners: [{ ...first, cases: 4 }, ...others] }), {
    consultations: 18,
    cases: 45,
    share: 40,
  });
  const idle = { ...first, consultations: 0, cases: null };
  assert.equal(totalOf({ practitioners: [idle, ...others] }).share, (100 * 16) / 41);
  assert.equal(totalOf({ practitioners: [] }).share, undefined);
});

test('quarters go back over the turn of the year', () => {
  assert.deepEqual(quartersUntil('2026-03-31', 3), ['2026-Q1', '2025-Q4', '2025-Q3']);
  assert.deepEqual(quartersUntil('2026-12-01', 2), ['2026-Q4', '2026-Q3']);
});

import { sql } from 'kysely';
import type { Quarter, QuarterCounts } from '@sprechzimmer/protocol/billing.ts';
import type { Db } from '../db/database.ts';
import type { SignedIn } from '../practice/authenticate.ts';
import { requireMain } from '../practice/require-main.ts';
import { quarterDays } from './quarter-days.ts';

type Line = QuarterCounts['practitioners'][number];

/**
 * A quarter's numbers by practitioner: those of the practice, and those who are gone but counted. The cap is the one in
 * force on the quarter's first day.
 * @throws FORBIDDEN, BAD_INPUT
 */
export async function viewQuarter(db: Db, signedIn: SignedIn, quarter: Quarter): Promise<QuarterCounts> {
  requireMain(signedIn);
  const { first, next } = quarterDays(quarter);
  const { practiceId } = signedIn;
  const { rows } = await sql<Line>`
    select "practitionerId", coalesce(sum(consultations), 0)::integer as consultations, max(cases) as cases from (
      select id as "practitionerId", 0 as consultations, null::integer as cases from practice_user
        where practice_id = ${practiceId} and role = 'practitioner' and state <> 'invited'
      union all
      select practitioner_id, consultations, null from consultation_count
        where practice_id = ${practiceId} and month >= ${first} and month < ${next}
      union all
      select practitioner_id, 0, cases from case_count
        where practice_id = ${practiceId} and quarter = ${first}
    ) as line
    group by "practitionerId"
    order by "practitionerId"`.execute(db);
  const cap = await db
    .selectFrom('billing_cap')
    .where('valid_from', '<=', first)
    .orderBy('valid_from', 'desc')
    .selectAll()
    .executeTakeFirst();
  return {
    practitioners: rows,
    cap: cap ? { percent: Number(cap.percent), validFrom: cap.valid_from, source: cap.source } : null,
  };
}

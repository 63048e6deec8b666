import type { ExportedCounts } from '@sprechzimmer/protocol/export.ts';
import type { UserId } from '@sprechzimmer/protocol/ids.ts';
import type { Db } from '../db/database.ts';
import type { SignedIn } from '../practice/authenticate.ts';
import { requireMain } from '../practice/require-main.ts';

/**
 * All counts that are kept of the practice.
 * @throws FORBIDDEN
 */
export async function exportCounts(db: Db, signedIn: SignedIn): Promise<ExportedCounts> {
  requireMain(signedIn);
  const { practiceId } = signedIn;
  const consultations = await db
    .selectFrom('consultation_count')
    .where('practice_id', '=', practiceId)
    .orderBy('month')
    .orderBy('practitioner_id')
    .select(['month', 'practitioner_id', 'consultations'])
    .execute();
  const cases = await db
    .selectFrom('case_count')
    .where('practice_id', '=', practiceId)
    .orderBy('quarter')
    .orderBy('practitioner_id')
    .select(['quarter', 'practitioner_id', 'cases'])
    .execute();
  return {
    consultations: consultations.map(({ month, practitioner_id, consultations: count }) => ({
      month: month.slice(0, 7),
      practitionerId: practitioner_id as UserId,
      consultations: count,
    })),
    cases: cases.map(({ quarter, practitioner_id, cases: count }) => ({
      quarter: `${quarter.slice(0, 4)}-Q${Math.ceil(Number(quarter.slice(5, 7)) / 3)}`,
      practitionerId: practitioner_id as UserId,
      cases: count,
    })),
  };
}

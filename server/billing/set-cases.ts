import type { PractitionerCases } from '@sprechzimmer/protocol/billing.ts';
import type { Db } from '../db/database.ts';
import { refusal } from '../http/errors.ts';
import type { SignedIn } from '../practice/authenticate.ts';
import { requireMain } from '../practice/require-main.ts';
import { quarterDays } from './quarter-days.ts';

/**
 * Keeps how many cases a practitioner had in a quarter, as the practice says; null takes it back.
 * @throws FORBIDDEN, BAD_INPUT, NOT_FOUND for somebody who neither is of the practice nor was counted in it
 */
export async function setCases(
  db: Db,
  signedIn: SignedIn,
  { quarter, practitionerId, cases }: PractitionerCases,
): Promise<void> {
  requireMain(signedIn);
  const { practiceId } = signedIn;
  const { first } = quarterDays(quarter);
  if (!(await isKnown(db, practiceId, practitionerId))) throw refusal('NOT_FOUND');
  if (cases === null) {
    await db
      .deleteFrom('case_count')
      .where('practice_id', '=', practiceId)
      .where('practitioner_id', '=', practitionerId)
      .where('quarter', '=', first)
      .execute();
    return;
  }
  await db
    .insertInto('case_count')
    .values({ practice_id: practiceId, practitioner_id: practitionerId, quarter: first, cases })
    .onConflict((conflict) =>
      conflict.columns(['practice_id', 'practitioner_id', 'quarter']).doUpdateSet({ cases }),
    )
    .execute();
}

async function isKnown(db: Db, practiceId: string, practitionerId: string): Promise<boolean> {
  const user = await db
    .selectFrom('practice_user')
    .where('id', '=', practitionerId)
    .where('practice_id', '=', practiceId)
    .select('id')
    .executeTakeFirst();
  if (user) return true;
  const counted = await db
    .selectFrom('consultation_count')
    .where('practitioner_id', '=', practitionerId)
    .where('practice_id', '=', practiceId)
    .select('practitioner_id')
    .executeTakeFirst();
  return counted !== undefined;
}

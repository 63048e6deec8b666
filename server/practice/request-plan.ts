import type { Context } from '../http/context.ts';
import { refusal } from '../http/errors.ts';
import type { SignedIn } from './authenticate.ts';
import { requireMain } from './require-main.ts';

/**
 * Asks the operator for another plan, in place of an earlier request; the practice's own plan takes that back.
 * @throws FORBIDDEN, NOT_FOUND when there is no such plan
 */
export async function requestPlan(
  { db, now }: Pick<Context, 'db' | 'now'>,
  signedIn: SignedIn,
  plan: string,
): Promise<void> {
  requireMain(signedIn);
  const { practiceId } = signedIn;
  const found = await db.selectFrom('plan').where('id', '=', plan).select('id').executeTakeFirst();
  if (!found) throw refusal('NOT_FOUND');
  const practice = await db
    .selectFrom('practice')
    .where('id', '=', practiceId)
    .select('plan')
    .executeTakeFirstOrThrow();
  if (practice.plan === plan) {
    await db.deleteFrom('plan_request').where('practice_id', '=', practiceId).execute();
    return;
  }
  const request = { plan, requested_at: now() };
  await db
    .insertInto('plan_request')
    .values({ practice_id: practiceId, ...request })
    .onConflict((conflict) => conflict.column('practice_id').doUpdateSet(request))
    .execute();
}

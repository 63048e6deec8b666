import type { Db } from '../server/db/database.ts';
import { AdminError } from './admin-error.ts';
import { writeAdminLog } from './admin-log.ts';

/** The limits that are numbers, by the name that the operator gives them. */
const numbers = {
  users: 'max_users',
  participants: 'max_participants',
  'consultations-per-month': 'max_consultations_per_month',
} as const;

/** What a plan has or has not. */
const features = { 'server-mail': 'server_mail', sms: 'sms' } as const;

const largest = 1_000_000;

/** @returns one line for each plan */
export async function listPlans(db: Db): Promise<string> {
  const plans = await db.selectFrom('plan').orderBy('id').selectAll().execute();
  return plans
    .map((plan) => {
      const limits = [
        `${plan.max_users ?? 'any number of'} users`,
        `${plan.max_participants ?? 'any number of'} participants`,
        `${plan.max_consultations_per_month ?? 'any number of'} consultations per month`,
        plan.server_mail ? 'server mail' : 'no server mail',
        plan.sms ? 'SMS' : 'no SMS',
      ];
      return `${plan.id}  ${limits.join(', ')}`;
    })
    .join('\n');
}

export async function setPlan(db: Db, practiceId: string, plan: string): Promise<string> {
  const known = await db.selectFrom('plan').where('id', '=', plan).select('id').executeTakeFirst();
  if (!known) throw new AdminError(`There is no plan of that name. These are:\n${await listPlans(db)}`);
  await db.updateTable('practice').set({ plan }).where('id', '=', practiceId).execute();
  await db.deleteFrom('plan_request').where('practice_id', '=', practiceId).execute();
  await writeAdminLog(db, { action: 'plan', practiceId, plan });
  return `The practice has the plan ${plan}.`;
}

/** Changes one limit; a plan that is new begins without limits, and without mail and SMS. */
export async function setLimit(
  db: Db,
  { plan, key, value }: { plan: string; key: string; value: string },
): Promise<string> {
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(plan)) {
    throw new AdminError('A plan is named in small letters, digits and hyphens.');
  }
  const change = readLimit(key, value);
  await db
    .insertInto('plan')
    .values({
      id: plan,
      max_users: null,
      max_participants: null,
      max_consultations_per_month: null,
      ...change,
    })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(change))
    .execute();
  await writeAdminLog(db, { action: 'limit', plan, details: `${key} ${value}` });
  return listPlans(db);
}

function readLimit(key: string, value: string): Record<string, number | boolean | null> {
  if (key in numbers) {
    const column = numbers[key as keyof typeof numbers];
    if (value === 'none') return { [column]: null };
    const limit = /^\d{1,7}$/.test(value) ? Number(value) : 0;
    if (limit < 1 || limit > largest) throw new AdminError(`${key} takes a number from 1 on, or none.`);
    return { [column]: limit };
  }
  if (key in features) {
    if (value !== 'yes' && value !== 'no') throw new AdminError(`${key} takes yes or no.`);
    return { [features[key as keyof typeof features]]: value === 'yes' };
  }
  const keys = [...Object.keys(numbers), ...Object.keys(features)].join(', ');
  throw new AdminError(`There is no such limit. These are: ${keys}.`);
}

import { calendarDay } from '../packages/protocol/values.ts';
import type { Db } from '../server/db/database.ts';
import { AdminError } from './admin-error.ts';
import { writeAdminLog } from './admin-log.ts';

/** The shares of video consultations that may be billed, the newest first; what a quarter began with holds for it. */
export async function listCaps(db: Db): Promise<string> {
  const caps = await db.selectFrom('billing_cap').orderBy('valid_from', 'desc').selectAll().execute();
  if (caps.length === 0) return 'There is none: practices see their share, and no cap beside it.';
  return caps
    .map(({ valid_from, percent, source }) => `from ${valid_from} on  ${Number(percent)} %  ${source}`)
    .join('\n');
}

/** Sets the share from a day on, in place of an entry of that very day. */
export async function setCap(
  db: Db,
  { validFrom, percent, source }: { validFrom: string; percent: string; source: string },
): Promise<string> {
  if (!calendarDay.safeParse(validFrom).success) throw new AdminError('The day is written as 2026-04-01.');
  if (percent === 'none') {
    await db.deleteFrom('billing_cap').where('valid_from', '=', validFrom).execute();
    await writeAdminLog(db, { action: 'cap', details: `from ${validFrom} none` });
    return listCaps(db);
  }
  const share = /^\d{1,3}([.,]\d{1,2})?$/.test(percent) ? percent.replace(',', '.') : '';
  if (share === '' || Number(share) > 100) throw new AdminError('The share is a number from 0 to 100.');
  if (source.trim() === '')
    throw new AdminError('Please say where it is written, such as a contract and its date.');
  const entry = { percent: share, source: source.trim() };
  await db
    .insertInto('billing_cap')
    .values({ valid_from: validFrom, ...entry })
    .onConflict((conflict) => conflict.column('valid_from').doUpdateSet(entry))
    .execute();
  await writeAdminLog(db, { action: 'cap', details: `from ${validFrom} ${share} %` });
  return listCaps(db);
}

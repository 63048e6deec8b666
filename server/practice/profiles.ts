import type { SealedProfile } from '@sprechzimmer/protocol/practice.ts';
import type { Db } from '../db/database.ts';
import { fromWire, toWire } from '../http/wire-bytes.ts';

export async function readProfiles(db: Db, practiceId: string): Promise<SealedProfile[]> {
  const rows = await db
    .selectFrom('profile')
    .where('practice_id', '=', practiceId)
    .orderBy('kind')
    .orderBy('id')
    .select(['kind', 'id', 'version', 'generation', 'sealed'])
    .execute();
  return rows.map(({ kind, sealed, ...profile }) => ({
    ...profile,
    kind: kind as SealedProfile['kind'], // the table checks it
    sealed: toWire(sealed),
  }));
}

export async function insertProfiles(db: Db, practiceId: string, profiles: SealedProfile[]): Promise<void> {
  await db
    .insertInto('profile')
    .values(
      profiles.map((profile) => ({ ...profile, practice_id: practiceId, sealed: fromWire(profile.sealed) })),
    )
    .execute();
}

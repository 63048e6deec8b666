import type { SealedProfile } from '@sprechzimmer/protocol/practice.ts';
import type { Db } from '../db/database.ts';
import { refusal } from '../http/errors.ts';
import { fromWire } from '../http/wire-bytes.ts';

import type { SignedIn } from './authenticate.ts';
import { checkGeneration } from './generations.ts';

/**
 * Keeps a new version of a profile; the first has version 1. Sending the same again is answered like the first time.
 * @param db a transaction that has locked nothing yet
 * @throws FORBIDDEN, NOT_FOUND, VERSION_CONFLICT when it is not the stored version's successor or has an old key
 */
export async function saveProfile(db: Db, signedIn: SignedIn, profile: SealedProfile): Promise<void> {
  checkRights(signedIn, profile);
  await checkGeneration(db, signedIn.practiceId, profile.generation);
  await checkExists(db, signedIn.practiceId, profile);
  const row = { ...profile, practice_id: signedIn.practiceId, sealed: fromWire(profile.sealed) };
  const isSaved = profile.version === 1 ? await insert(db, row) : await replace(db, row);
  if (!isSaved && !(await isStored(db, row))) throw refusal('VERSION_CONFLICT');
}

type Row = Omit<SealedProfile, 'sealed'> & { practice_id: string; sealed: Buffer };

const ownKinds: SealedProfile['kind'][] = ['user', 'user-key', 'picture'];
const practiceKinds: SealedProfile['kind'][] = ['practice', 'invitation-settings', 'consent', 'logo'];

/** Of a practice and its devices the main user decides; of a user the main user or the user; the rest is one's own. */
function checkRights({ userId, isMain }: SignedIn, { kind, id }: SealedProfile): void {
  const isOwn = ownKinds.includes(kind) && id === userId;
  const isOthersOwn = kind === 'user-key' || kind === 'picture';
  if (!isOwn && (isOthersOwn || !isMain)) throw refusal('FORBIDDEN');
}

async function checkExists(db: Db, practiceId: string, { kind, id }: SealedProfile): Promise<void> {
  if (practiceKinds.includes(kind)) {
    if (id !== practiceId) throw refusal('NOT_FOUND');
    return;
  }
  const found = await db
    .selectFrom(kind === 'device' ? 'device' : 'practice_user')
    .where('id', '=', id)
    .where('practice_id', '=', practiceId)
    .select('id')
    .executeTakeFirst();
  if (!found) throw refusal('NOT_FOUND');
}

async function insert(db: Db, row: Row): Promise<boolean> {
  const inserted = await db
    .insertInto('profile')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

async function replace(
  db: Db,
  { practice_id, kind, id, version, generation, sealed }: Row,
): Promise<boolean> {
  const updated = await db
    .updateTable('profile')
    .set({ version, generation, sealed })
    .where('practice_id', '=', practice_id)
    .where('kind', '=', kind)
    .where('id', '=', id)
    .where('version', '=', version - 1)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

/** Sealed with a fresh nonce, so equal bytes are the same request, whose answer was lost. */
async function isStored(db: Db, row: Row): Promise<boolean> {
  const stored = await db
    .selectFrom('profile')
    .where('practice_id', '=', row.practice_id)
    .where('kind', '=', row.kind)
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .where('sealed', '=', row.sealed)
    .select('id')
    .executeTakeFirst();
  return stored !== undefined;
}

import { Migrator } from 'kysely/migration';
import type { Db } from './database.ts';
import * as firstConsultation from './migrations/0001-first-consultation.ts';
import * as members from './migrations/0002-members.ts';
import * as invitationsThatArrive from './migrations/0003-invitations-that-arrive.ts';
import * as retention from './migrations/0004-retention.ts';
import * as adminLog from './migrations/0005-admin-log.ts';

/** Forward only, in this order; a name that has landed never changes. */
const migrations = {
  '0001-first-consultation': firstConsultation,
  '0002-members': members,
  '0003-invitations-that-arrive': invitationsThatArrive,
  '0004-retention': retention,
  '0005-admin-log': adminLog,
};

export const migrationNames = Object.keys(migrations);

/**
 * Brings the database to the newest schema. Safe when several servers start at once: Kysely takes a lock.
 * @throws the first migration's error; nothing of a failed migration stays
 */
export async function migrate(db: Db, schema?: string): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
    ...(schema && { migrationTableSchema: schema }),
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

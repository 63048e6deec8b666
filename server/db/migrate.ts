import { sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Db } from './database.ts';
import * as firstConsultation from './migrations/0001-first-consultation.ts';
import * as members from './migrations/0002-members.ts';
import * as invitationsThatArrive from './migrations/0003-invitations-that-arrive.ts';
import * as retention from './migrations/0004-retention.ts';
import * as adminLog from './migrations/0005-admin-log.ts';
import * as builtFiles from './migrations/0006-built-files.ts';

/** Forward only, in this order; a name that has landed never changes. */
const migrations = {
  '0001-first-consultation': firstConsultation,
  '0002-members': members,
  '0003-invitations-that-arrive': invitationsThatArrive,
  '0004-retention': retention,
  '0005-admin-log': adminLog,
  '0006-built-files': builtFiles,
};

export const migrationNames = Object.keys(migrations);

/**
 * Brings the database to the newest schema, or to that of one migration. Safe when several servers start at once: Kysely
 * takes a lock. In a transaction it is a part of that.
 * @throws the first migration's error; nothing of a failed migration stays
 */
export async function migrate(db: Db, schema?: string, last?: string): Promise<void> {
  const known = { ...(await newerMigrations(db, schema)), ...migrations };
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(known) },
    ...(schema && { migrationTableSchema: schema }),
  });
  const { error } = await (last === undefined ? migrator.migrateToLatest() : migrator.migrateTo(last));
  if (error) throw error;
}

/**
 * Those that a newer version has made. This one works with them (decision 17), so that it can start again in the midst of
 * an update; Kysely would take them for lost.
 */
async function newerMigrations(db: Db, schema?: string): Promise<Record<string, Migration>> {
  const table = schema ? `${schema}.kysely_migration` : 'kysely_migration';
  const { rows } = await sql<{ there: boolean }>`select to_regclass(${table}) is not null as there`.execute(
    db,
  );
  if (!rows[0]?.there) return {};
  const newest = migrationNames.at(-1)!;
  const newer = await sql<{ name: string }>`
    select name from ${sql.table(table)} where name collate "C" > ${newest}`.execute(db);
  return Object.fromEntries(newer.rows.map(({ name }) => [name, { up: () => Promise.resolve() }]));
}

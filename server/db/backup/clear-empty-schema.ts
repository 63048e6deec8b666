import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { BackupError } from './backup-error.ts';
import { isOfMigrations } from './tables.ts';

/**
 * Takes away the tables of a server that was started and never used, so that a backup of any version can take their place.
 * @returns the schema's name
 * @throws BackupError when anything is in there
 */
export async function clearEmptySchema(db: Db): Promise<string> {
  const { rows } = await sql<{ schema: string; tables: string[] }>`
    select current_schema() as schema, coalesce(array_agg(tablename::text), '{}') as tables
    from pg_tables where schemaname = current_schema()`.execute(db);
  const { schema, tables } = rows[0]!;
  // Nobody puts anything in until this is over.
  for (const table of tables) await sql`lock table ${sql.table(table)} in access exclusive mode`.execute(db);
  const isOurs = tables.length === 0 || tables.includes('kysely_migration');
  for (const table of tables) {
    // What migrations put in themselves.
    if (isOfMigrations(table) || (table === 'plan' && isOurs)) continue;
    const { rows: found } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(db);
    if (found.length > 0 || !isOurs) {
      throw new BackupError(
        `The database is not empty (table ${table}). A backup is restored into an empty one only: name another database or DATA_DIR, or drop what is in there.`,
      );
    }
  }
  for (const table of tables) await sql`drop table ${sql.table(table)} cascade`.execute(db);
  return schema;
}

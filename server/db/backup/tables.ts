import { sql } from 'kysely';
import type { Db } from '../database.ts';

/**
 * What no backup holds: it is over within hours, and a copy of it would let nobody in who is to be let in. After a restore
 * everybody signs in again. Nor the apps' files, which every server brings along.
 */
const passing = new Set([
  'session',
  'sign_in_challenge',
  'passkey_challenge',
  'used_signature',
  'host_ticket',
  'built_file',
]);

export type Table = { name: string; columns: string[] };

/** The tables that a backup holds, each after those that it refers to. */
export async function listTables(db: Db): Promise<Table[]> {
  const { rows: tables } = await sql<Table>`
    select table_name as name, array_agg(column_name::text order by ordinal_position) as columns
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema = current_schema() and table_type = 'BASE TABLE' and is_generated = 'NEVER'
    group by table_name order by table_name`.execute(db);
  const { rows: references } = await sql<{ from: string; to: string }>`
    select source.relname as "from", target.relname as "to" from pg_constraint
    join pg_class as source on source.oid = conrelid join pg_class as target on target.oid = confrelid
    where contype = 'f' and conrelid <> confrelid and connamespace = current_schema()::regnamespace`.execute(
    db,
  );
  const left = tables.filter(({ name }) => !passing.has(name) && !isOfMigrations(name));
  const ordered: Table[] = [];
  while (left.length > 0) {
    const next = left.findIndex(
      ({ name }) => !references.some(({ from, to }) => from === name && left.some((one) => one.name === to)),
    );
    if (next === -1) throw new Error('tables refer to each other in a circle');
    ordered.push(...left.splice(next, 1));
  }
  return ordered;
}

export function isOfMigrations(table: string): boolean {
  return table === 'kysely_migration' || table === 'kysely_migration_lock';
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

import { sql } from 'kysely';
import type { Db } from '../db/database.ts';

/** Every row of every table of the schema as text, by table; bytes stand in it as the characters that they are. */
export async function dumpDatabase(db: Db): Promise<Map<string, string[]>> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = current_schema() and table_name not like 'kysely_%' order by table_name`.execute(db);
  const dump = new Map<string, string[]>();
  for (const { name } of tables) {
    const { rows } = await sql<{ row: string }>`
      select to_jsonb(one)::text as row from ${sql.table(name)} as one order by 1`.execute(db);
    dump.set(
      name,
      rows.map(({ row }) => row.replaceAll(/\\\\x([0-9a-f]*)/g, (_, hex: string) => readHex(hex))),
    );
  }
  return dump;
}

function readHex(hex: string): string {
  return `${Buffer.from(hex, 'hex').toString('latin1')} 0x${hex}`;
}

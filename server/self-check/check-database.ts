import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { migrationNames } from '../db/migrate.ts';
import { clockFinding, describeFailure, finding, type Finding } from './finding.ts';

const oldest = 15;

/** Whether the server could work with this database: reachable, new enough, migrated, writable, and of the same time. */
export async function checkDatabase(connectionString: string, signal: AbortSignal): Promise<Finding[]> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 5_000, query_timeout: 5_000 });
  client.on('error', () => {});
  const end = (): void => void client.end().catch(() => {});
  signal.addEventListener('abort', end);
  try {
    await client.connect();
  } catch (error) {
    end();
    return [finding('failed', 'database', `cannot be reached: ${describeFailure(error)}. See DATABASE_URL`)];
  }
  try {
    return [
      await checkVersion(client),
      await checkMigrations(client),
      await checkWriting(client),
      await checkClock(client),
    ];
  } finally {
    end();
  }
}

async function checkVersion(client: Client): Promise<Finding> {
  const { rows } = await client.query<{ version: string; number: string; size: string }>(
    `select current_setting('server_version') as version, current_setting('server_version_num') as number,
      pg_size_pretty(pg_database_size(current_database())) as size`,
  );
  const { version = '', number = '0', size = '' } = rows[0] ?? {};
  const text = `PostgreSQL ${version.split(' ')[0]}, the database has ${size}`;
  if (Number(number) >= oldest * 10_000) return finding('ok', 'database', text);
  return finding('failed', 'database', `${text}: ${oldest} or newer is needed, please update it`);
}

async function checkMigrations(client: Client): Promise<Finding> {
  const about = 'database schema';
  const { rows: found } = await client.query<{ found: string | null }>(
    `select to_regclass('kysely_migration') as found`,
  );
  if (!found[0]?.found) {
    return finding('warning', about, 'empty as yet: the server makes its tables when it starts');
  }
  const { rows } = await client.query<{ name: string }>('select name from kysely_migration order by name');
  const applied = new Set(rows.map(({ name }) => name));
  const unknown = [...applied].filter((name) => !migrationNames.includes(name));
  const missing = migrationNames.filter((name) => !applied.has(name));
  if (unknown.length > 0) {
    const text = `a newer version has been here (${unknown.join(', ')}): install that version`;
    return finding('warning', about, text);
  }
  if (missing.length === 0) return finding('ok', about, `up to date (${applied.size} migrations)`);
  const text = `${missing.length} migrations to come (${missing.join(', ')}): the server makes them when it starts`;
  return finding('warning', about, text);
}

/** A table that nobody else sees, and that is never kept. */
async function checkWriting(client: Client): Promise<Finding> {
  const about = 'database writing';
  const name = `sprechzimmer_check_${randomBytes(6).toString('hex')}`;
  try {
    await client.query('begin');
    await client.query(`create table ${name} (number integer)`);
    await client.query(`insert into ${name} values (1)`);
    return finding('ok', about, 'its user may make tables and write');
  } catch (error) {
    const { code } = error as { code?: string };
    const text =
      code === '25006'
        ? 'it is read-only: is it a standby? Name the primary in DATABASE_URL'
        : `its user may not make tables (${code ?? describeFailure(error)}): make it the owner of the database or schema`;
    return finding('failed', about, text);
  } finally {
    await client.query('rollback').catch(() => {});
  }
}

async function checkClock(client: Client): Promise<Finding> {
  const before = Date.now();
  const { rows } = await client.query<{ now: Date }>('select clock_timestamp() as now');
  const here = (before + Date.now()) / 2;
  return clockFinding('database clock', (rows[0]?.now.getTime() ?? here) - here, 'the database');
}

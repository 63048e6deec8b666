import { createHash } from 'node:crypto';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { sql } from 'kysely';
import { to as copyTo } from 'pg-copy-streams';
import { BackupError } from './backup-error.ts';
import { type BackupHeader, encodeFrame, type TableEnd } from './frames.ts';
import { openSingleConnection, type SingleConnection } from './single-connection.ts';
import { listTables, quoted, type Table } from './tables.ts';

export type BackupSource = {
  connectionString: string;
  /** Seals what waits to be sent; `isOwn`: it lies beside the database, so the backup takes it along. */
  serverKey?: { key: Buffer; isOwn: boolean } | undefined;
};

export type Backup = { tables: number; rows: number };

/**
 * Writes everything as it was in one moment, compressed, piece by piece. Servers go on meanwhile.
 * @throws BackupError when there is nothing that could be written
 */
export async function writeBackup(source: BackupSource, destination: Writable): Promise<Backup> {
  const connection = await openSingleConnection(source.connectionString);
  const { client } = connection;
  try {
    await client.query('begin transaction isolation level repeatable read, read only');
    const header = await makeHeader(connection, source.serverKey);
    const result: Backup = { tables: 0, rows: 0 };
    const all = createHash('sha256');
    async function* counted(): AsyncGenerator<Buffer> {
      for await (const bytes of everything(connection, header, result)) {
        all.update(bytes);
        yield bytes;
      }
      yield encodeFrame('z', { tables: result.tables, sha256: all.digest('hex') });
    }
    await pipeline(Readable.from(counted(), { objectMode: false }), createGzip(), destination);
    return result;
  } finally {
    await connection.close();
  }
}

async function makeHeader(
  { db }: SingleConnection,
  serverKey: BackupSource['serverKey'],
): Promise<BackupHeader> {
  const { rows: found } = await sql`select to_regclass('kysely_migration') as found`.execute(db);
  if (!(found[0] as { found: string | null }).found) {
    throw new BackupError('There is nothing to back up: no server has ever been started on this database.');
  }
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return {
    format: 1,
    migrations: rows.map(({ name }) => name),
    madeAt: new Date().toISOString(),
    serverKeyHash: serverKey ? createHash('sha256').update(serverKey.key).digest('hex') : null,
    serverKey: serverKey?.isOwn ? serverKey.key.toString('base64') : null,
  };
}

async function* everything(
  connection: SingleConnection,
  header: BackupHeader,
  result: Backup,
): AsyncGenerator<Buffer> {
  yield encodeFrame('h', header);
  for (const table of await listTables(connection.db)) {
    yield encodeFrame('t', table);
    const { rows } = yield* tableFrames(connection, table);
    result.tables += 1;
    result.rows += rows;
  }
}

async function* tableFrames(
  { client }: SingleConnection,
  { name, columns }: Table,
): AsyncGenerator<Buffer, TableEnd> {
  const copy = client.query(copyTo(`copy ${quoted(name)} (${columns.map(quoted).join(', ')}) to stdout`));
  const hash = createHash('sha256');
  for await (const chunk of copy) {
    hash.update(chunk as Buffer);
    yield encodeFrame('d', chunk as Buffer);
  }
  const end = { rows: copy.rowCount, sha256: hash.digest('hex') };
  yield encodeFrame('e', end);
  return end;
}

import { createHash, type Hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { sql } from 'kysely';
import { from as copyFrom } from 'pg-copy-streams';
import type { Db } from '../database.ts';
import { migrate, migrationNames } from '../migrate.ts';
import { BackupError, damaged } from './backup-error.ts';
import { clearEmptySchema } from './clear-empty-schema.ts';
import {
  type BackupEnd,
  type BackupHeader,
  encodeFrame,
  type Frame,
  readFrames,
  type TableEnd,
  type TableHead,
} from './frames.ts';
import { openSingleConnection, type SingleConnection } from './single-connection.ts';
import { listTables, quoted } from './tables.ts';

export type RestoreTarget = {
  connectionString: string;
  /** Runs when everything is there and before it counts; what it throws undoes all. */
  beforeCommit?: (db: Db, header: BackupHeader) => Promise<void>;
};

export type Restored = { tables: number; rows: number; header: BackupHeader };

/**
 * Puts a backup into an empty database, and brings that to the newest schema: everything in one transaction, and only if
 * every hash and count is right.
 * @throws BackupError when the backup is damaged or of a newer version, or the database is not empty
 */
export async function restoreBackup(source: Readable, target: RestoreTarget): Promise<Restored> {
  const connection = await openSingleConnection(target.connectionString);
  const frames = readFrames(decompressed(source));
  try {
    return await connection.db.transaction().execute(async (db) => {
      const restored = await restoreAll(connection, db, frames);
      await target.beforeCommit?.(db, restored.header);
      return restored;
    });
  } finally {
    source.destroy();
    await connection.close();
  }
}

async function* decompressed(source: Readable): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const chunk of source.pipe(gunzip)) yield chunk as Buffer;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code.startsWith('Z_')) throw new BackupError(`${damaged}.`, { cause: error });
    throw error;
  }
}

async function restoreAll(
  connection: SingleConnection,
  db: Db,
  frames: AsyncGenerator<Frame>,
): Promise<Restored> {
  const all = createHash('sha256');
  const header = readHeader(await nextFrame(frames, all));
  const schema = await clearEmptySchema(db);
  await migrate(db, schema, header.migrations.at(-1));
  // What migrations put in, such as the first plans, is in the backup as it was left.
  for (const { name } of (await listTables(db)).toReversed()) {
    await sql`delete from ${sql.table(name)}`.execute(db);
  }
  const restored: Restored = { tables: 0, rows: 0, header };
  for (;;) {
    const soFar = all.copy().digest('hex');
    const frame = await nextFrame(frames, all);
    if (frame.kind === 'z') {
      const { tables, sha256 } = parse(frame) as BackupEnd;
      if (tables !== restored.tables || sha256 !== soFar) throw new BackupError(`${damaged}.`);
      break;
    }
    if (frame.kind !== 't') throw new BackupError(`${damaged}.`);
    restored.rows += await restoreTable(connection, parse(frame) as TableHead, frames, all);
    restored.tables += 1;
  }
  if (!(await frames.next()).done) throw new BackupError(`${damaged}.`);
  await continueNumbers(db, schema);
  await migrate(db, schema);
  await settleDeliveries(db);
  return restored;
}

async function nextFrame(frames: AsyncGenerator<Frame>, all: Hash): Promise<Frame> {
  const { value, done } = await frames.next();
  if (done) throw new BackupError(`${damaged}.`);
  const frame: Frame = value;
  all.update(encodeFrame(frame.kind, frame.payload));
  return frame;
}

function readHeader(frame: Frame): BackupHeader {
  if (frame.kind !== 'h') throw new BackupError('This is no backup of Sprechzimmer.');
  const header = parse(frame) as BackupHeader;
  const unknown = header.migrations.find((name, index) => migrationNames[index] !== name);
  if (header.format !== 1 || unknown !== undefined) {
    const newest = unknown ?? `format ${header.format}`;
    throw new BackupError(
      `The backup was made by a newer version of Sprechzimmer (${newest}). Please install that version first.`,
    );
  }
  return header;
}

function parse({ payload }: Frame): unknown {
  try {
    return JSON.parse(payload.toString('utf8'));
  } catch (error) {
    throw new BackupError(`${damaged}.`, { cause: error });
  }
}

async function restoreTable(
  { client }: SingleConnection,
  { name, columns }: TableHead,
  frames: AsyncGenerator<Frame>,
  all: Hash,
): Promise<number> {
  const hash = createHash('sha256');
  let end: TableEnd | undefined;
  async function* data(): AsyncGenerator<Buffer> {
    for (;;) {
      const frame = await nextFrame(frames, all);
      if (frame.kind === 'e') {
        end = parse(frame) as TableEnd;
        return;
      }
      if (frame.kind !== 'd') throw new BackupError(`${damaged}.`);
      hash.update(frame.payload);
      yield frame.payload;
    }
  }
  const copy = client.query(copyFrom(`copy ${quoted(name)} (${columns.map(quoted).join(', ')}) from stdin`));
  try {
    await pipeline(Readable.from(data(), { objectMode: false }), copy);
  } catch (error) {
    // 22, 23: what stands there cannot be a value, or breaks a constraint that held where it came from.
    const { code } = error as { code?: string };
    if (/^2[23]/.test(code ?? '')) throw new BackupError(`${damaged} (table ${name}).`, { cause: error });
    throw error;
  }
  if (end?.sha256 !== hash.digest('hex') || end.rows !== copy.rowCount) {
    throw new BackupError(`${damaged} (table ${name}).`);
  }
  return end.rows;
}

/** Rows were put in with their numbers: new ones go on after them. */
async function continueNumbers(db: Db, schema: string): Promise<void> {
  const { rows } = await sql<{ table: string; column: string }>`
    select table_name as table, column_name as column from information_schema.columns
    where table_schema = ${schema} and is_identity = 'YES'`.execute(db);
  for (const { table, column } of rows) {
    await sql`select setval(pg_get_serial_sequence(${quoted(table)}, ${column}), coalesce(max(${sql.ref(column)}), 0) + 1, false)
      from ${sql.table(table)}`.execute(db);
  }
}

/**
 * What was due before now may have been sent after the backup was made. Nobody gets it twice: it is uncertain, which the
 * practice is told, as with a server that died while sending.
 */
async function settleDeliveries(db: Db): Promise<void> {
  const moment = new Date();
  await db
    .updateTable('delivery')
    .set({ state: 'uncertain', content: null, changed_at: moment })
    .where((where) => where.or([where('state', '=', 'sending'), where('state', '=', 'waiting')]))
    .where((where) => where.or([where('state', '=', 'sending'), where('due_at', '<=', moment)]))
    .execute();
}

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { type Backup, type BackupSource, writeBackup } from '../server/db/backup/write-backup.ts';
import type { BackupHeader } from '../server/db/backup/frames.ts';
import { restoreBackup } from '../server/db/backup/restore-backup.ts';
import { openDatabase, sql } from '../server/db/database.ts';
import type { Config } from '../server/http/config.ts';
import { putServerKey, readServerKey } from '../server/mail/server-key.ts';
import { withDatabase } from './admin-command.ts';
import { AdminError } from './admin-error.ts';
import { writeAdminLog } from './admin-log.ts';

/** @throws AdminError, BackupError */
export async function backUp(config: Config, [file, ...more]: string[]): Promise<string> {
  if (!file || more.length > 0) throw new AdminError('Please name one file, or - for the standard output.');
  const serverKey = await findServerKey(config);
  return withDatabase(config, false, async (connectionString) => {
    await noteBackup(connectionString);
    const source = { connectionString, serverKey };
    if (file === '-') {
      await writeBackup(source, process.stdout);
      return '';
    }
    const { tables, rows } = await writeToFile(source, file);
    return `${file} holds ${rows} rows of ${tables} tables. ${serverKeyNote(config)}\n`;
  });
}

/** @throws AdminError, BackupError */
export async function restore(config: Config, [file, ...more]: string[]): Promise<string> {
  if (!file || more.length > 0) throw new AdminError('Please name one file, or - for the standard input.');
  if (file !== '-' && !(await stat(file).catch(() => undefined))) {
    throw new AdminError(`There is no file ${file}.`);
  }
  return withDatabase(config, true, async (connectionString) => {
    const source = file === '-' ? process.stdin : createReadStream(file);
    const { tables, rows, header } = await restoreBackup(source, {
      connectionString,
      async beforeCommit(db, { serverKey, madeAt }) {
        await writeAdminLog(db, { action: 'restore', details: `made ${madeAt}` });
        if (serverKey && !config.databaseUrl && !config.serverKey) {
          await putServerKey(config.dataDir, Buffer.from(serverKey, 'base64'));
        }
      },
    });
    const lines = [
      `${rows} rows of ${tables} tables are restored, as they were ${header.madeAt}. Now start the server.`,
      'Everybody signs in again. What was due to be sent before now may have been sent: it is marked as uncertain.',
      ...keyWarning(config, header),
    ];
    return `${lines.join('\n')}\n`;
  });
}

async function findServerKey(config: Config): Promise<BackupSource['serverKey']> {
  if (config.serverKey) return { key: config.serverKey, isOwn: false };
  const key = config.databaseUrl ? undefined : await readServerKey(config.dataDir);
  return key && { key, isOwn: true };
}

/** Before the backup is made, so that it tells of itself; a database that is not up to date yet has no such table. */
async function noteBackup(connectionString: string): Promise<void> {
  const db = openDatabase({ connectionString, maxConnections: 1 });
  try {
    const { rows } = await sql<{ found: string | null }>`select to_regclass('admin_log') as found`.execute(
      db,
    );
    if (rows[0]?.found) await writeAdminLog(db, { action: 'backup' });
  } finally {
    await db.destroy();
  }
}

/** Under another name until it is whole and on the disk. */
async function writeToFile(source: BackupSource, file: string): Promise<Backup> {
  if (await stat(file).catch(() => undefined)) {
    throw new AdminError(`${file} is there already. Please name another file.`);
  }
  const draft = `${file}.part`;
  await rm(draft, { force: true });
  try {
    const destination: Writable = createWriteStream(draft, { flags: 'wx', mode: 0o600 });
    const backup = await writeBackup(source, destination);
    const handle = await open(draft, 'r+');
    await handle.sync();
    await handle.close();
    await rename(draft, file);
    return backup;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

function serverKeyNote({ databaseUrl, serverKey }: Config): string {
  return databaseUrl || serverKey
    ? 'The settings, SERVER_KEY among them, are not in it: keep them in another place.'
    : 'The server’s key is in it, the settings are not: keep it as safe as the server.';
}

function keyWarning(
  { databaseUrl, serverKey }: Config,
  { serverKeyHash, ...header }: BackupHeader,
): string[] {
  if (serverKeyHash === null || (header.serverKey && !databaseUrl && !serverKey)) return [];
  const hash = serverKey && createHash('sha256').update(serverKey).digest('hex');
  if (hash === serverKeyHash) return [];
  return [
    'SERVER_KEY is not the one of the backup: messages that waited to be sent cannot be opened, and are given up.',
  ];
}

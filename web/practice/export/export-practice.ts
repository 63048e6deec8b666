import type { Work } from '../work.ts';
import { type Archive, type ArchiveFile, createArchive } from './archive.ts';
import { exportedPractice } from './exported-practice.ts';
import { exportMessages } from './messages.ts';
import { allDeletions, allEvents } from './pages.ts';
import { writeAppointments } from './write-appointments.ts';
import { writeContacts } from './write-contacts.ts';

export type ExportWork = Pick<Work, 'client' | 'session' | 'reload'>;

export type Exported = {
  file: Blob;
  name: string;
  appointments: number;
  contacts: number;
  /** Records that no key of this device opens; the file names them. */
  unreadable: number;
};

export type ExportOptions = {
  signal: AbortSignal;
  /** How many of how many records are written. */
  onProgress: (done: number, of: number) => void;
  now?: Date;
};

/** An export on its way. */
export type Writing = {
  work: ExportWork;
  archive: Archive;
  json: ArchiveFile;
  now: Date;
  unreadable: { kind: 'contact' | 'appointment'; id: string; day?: string }[];
  /** So many records more are written. @throws the signal's reason when the export is cancelled */
  wrote: (records: number) => void;
};

/**
 * Opens everything that the practice has and writes it into one archive, page by page; it leaves this browser only as the
 * file that the person saves. What somebody changes meanwhile may be in it or not.
 * @throws ApiError; the signal's reason when the export is cancelled
 */
export async function exportPractice(
  work: ExportWork,
  { signal, onProgress, now = new Date() }: ExportOptions,
): Promise<Exported> {
  const say = exportMessages();
  const { appointments: all, contacts: people } = await work.client.practiceDeletion.contents({});
  let done = 0;
  function wrote(records: number): void {
    signal.throwIfAborted();
    done += records;
    onProgress(done, Math.max(done, all + people));
  }
  wrote(0);
  const archive = createArchive();
  const readMe = archive.open(say.readMeName);
  readMe.write(say.readMe);
  readMe.end();
  const json = archive.open('praxis.json');
  const writing: Writing = { work, archive, json, now, unreadable: [], wrote };
  await writeHead(writing);
  const contacts = await writeContacts(writing);
  const appointments = await writeAppointments(writing);
  json.write(`,\n"unreadable": ${JSON.stringify(writing.unreadable)}\n}\n`);
  json.end();
  const name = say.fileName(now.toISOString().slice(0, 10));
  return { file: archive.finish(), name, appointments, contacts, unreadable: writing.unreadable.length };
}

/** All that fits into memory as it is. */
async function writeHead({ work, json, now, wrote }: Writing): Promise<void> {
  const head = {
    format: 'sprechzimmer-export',
    version: 1,
    exportedAt: now.toISOString(),
    ...(await exportedPractice(work.session)),
    counts: await work.client.export.counts({}),
    securityEvents: await allEvents(work, wrote),
    deletionLog: await allDeletions(work, wrote),
  };
  json.write(JSON.stringify(head).slice(0, -1));
}

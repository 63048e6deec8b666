import type { StoredAppointment } from '@sprechzimmer/protocol/appointment.ts';
import type { SealedContact } from '@sprechzimmer/protocol/contact.ts';
import type { Deletion } from '@sprechzimmer/protocol/retention.ts';
import type { SecurityEvent } from '@sprechzimmer/protocol/security-event.ts';
import type { ExportWork, Writing } from './export-practice.ts';

/** The practice's appointments by day; a key that is not here yet is fetched once. */
export async function* appointmentPages(work: ExportWork): AsyncGenerator<StoredAppointment[]> {
  type Page = Awaited<ReturnType<ExportWork['client']['export']['appointments']>>;
  const fetchKeys = keyFetcher(work);
  let after: Page['next'] = null;
  do {
    const page: Page = await work.client.export.appointments({ after });
    await fetchKeys(page.appointments);
    yield page.appointments;
    after = page.next;
  } while (after !== null);
}

export async function* contactPages(work: ExportWork): AsyncGenerator<SealedContact[]> {
  type Page = Awaited<ReturnType<ExportWork['client']['contact']['list']>>;
  const fetchKeys = keyFetcher(work);
  let after: Page['next'] = null;
  do {
    const page: Page = await work.client.contact.list({ after });
    await fetchKeys(page.contacts);
    yield page.contacts;
    after = page.next;
  } while (after !== null);
}

/** Somebody may have renewed the practice's key while the export is written. */
function keyFetcher(work: ExportWork): (records: { generation: number }[]) => Promise<void> {
  let hasReloaded = false;
  return async (records) => {
    const isMissing = records.some(({ generation }) => !work.session.recordKeys.has(generation));
    if (!isMissing || hasReloaded) return;
    hasReloaded = true;
    await work.reload();
  };
}

export async function allEvents({ client }: ExportWork, wrote: Writing['wrote']): Promise<SecurityEvent[]> {
  return allOf(async (before) => (await client.securityEvent.list({ before })).events, wrote);
}

export async function allDeletions({ client }: ExportWork, wrote: Writing['wrote']): Promise<Deletion[]> {
  return allOf(async (before) => (await client.retention.deletions({ before })).deletions, wrote);
}

/** Lists that come newest first, until a page is empty. */
async function allOf<Row extends { id: string }>(
  fetchPage: (before: string | null) => Promise<Row[]>,
  wrote: Writing['wrote'],
): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const page = await fetchPage(rows.at(-1)?.id ?? null);
    if (page.length === 0) return rows;
    rows.push(...page);
    wrote(0);
  }
}

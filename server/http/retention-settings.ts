import { maxRetentionDays } from '@sprechzimmer/protocol/retention.ts';
import type { Settings } from './settings.ts';

/** The operator's ceiling: neither appointments nor metadata are kept for more days, whatever a practice chooses. */
export function readRetentionSettings({ read }: Settings): { retentionMaxDays: number } {
  const expected = `whole days, from 1 to ${maxRetentionDays}`;
  return { retentionMaxDays: read('RETENTION_MAX_DAYS', maxRetentionDays, expected, parseDays) };
}

function parseDays(text: string): number | undefined {
  const days = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return days >= 1 && days <= maxRetentionDays ? days : undefined;
}

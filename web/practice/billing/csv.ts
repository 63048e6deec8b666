import type { Quarter, QuarterCounts } from '@sprechzimmer/protocol/billing.ts';
import { linesOf, totalOf } from './lines.ts';
import { billingMessages } from './messages.ts';

const byteOrderMark = '\uFEFF';

/**
 * A quarter's numbers as a table for a German Excel: RFC 4180 with semicolons, decimal commas, and a mark that says UTF-8.
 */
export function billingCsv(
  quarter: Quarter,
  counts: QuarterCounts,
  names: ReadonlyMap<string, string>,
): string {
  const say = billingMessages().table;
  const { cap } = counts;
  const lines = linesOf(counts, names);
  const total = { name: billingMessages().total, ...totalOf(counts) };
  const rows = [...lines, total].map((line) => [
    cell(quarter),
    cell(line.name),
    cell(line.consultations),
    cell(line.cases),
    cell(line.share),
    cell(cap?.percent),
    cell(cap && `${cap.validFrom}: ${cap.source}`),
  ]);
  const head = [say.quarter, say.name, say.consultations, say.cases, say.share, say.cap, say.source].map(
    cell,
  );
  return byteOrderMark + [head, ...rows].map((row) => `${row.join(';')}\r\n`).join('');
}

function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(Math.round(value * 100) / 100).replace('.', ',');
  // A name that begins like a formula must not be one.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

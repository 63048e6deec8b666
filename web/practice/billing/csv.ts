import type { Quarter, QuarterCounts } from '@sprechzimmer/protocol/billing.ts';
import { tableHead, tableLines } from '../table-file.ts';
import { linesOf, totalOf } from './lines.ts';
import { billingMessages } from './messages.ts';

/** A quarter's numbers as a table. */
export function billingCsv(
  quarter: Quarter,
  counts: QuarterCounts,
  names: ReadonlyMap<string, string>,
): string {
  const say = billingMessages().table;
  const { cap } = counts;
  const total = { name: billingMessages().total, ...totalOf(counts) };
  const rows = [...linesOf(counts, names), total].map((line) => [
    quarter,
    line.name,
    line.consultations,
    line.cases,
    line.share,
    cap?.percent,
    cap && `${cap.validFrom}: ${cap.source}`,
  ]);
  const head = [say.quarter, say.name, say.consultations, say.cases, say.share, say.cap, say.source];
  return tableHead(head) + tableLines(rows);
}

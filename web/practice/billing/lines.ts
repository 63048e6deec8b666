import type { QuarterCounts } from '@sprechzimmer/protocol/billing.ts';
import { billingMessages } from './messages.ts';

/** One practitioner's numbers of a quarter. */
export type Line = QuarterCounts['practitioners'][number] & {
  name: string;
  /** Video consultations per hundred cases; undefined while the cases are not known. */
  share: number | undefined;
};

/** The practice as a whole: what a cap is measured by. */
export type Total = {
  consultations: number;
  cases: number | null;
  /** Undefined while somebody's cases are missing who held video consultations. */
  share: number | undefined;
};

export function totalOf({ practitioners }: Pick<QuarterCounts, 'practitioners'>): Total {
  const sum = (numbers: number[]) => numbers.reduce((all, number) => all + number, 0);
  const consultations = sum(practitioners.map((line) => line.consultations));
  const isWhole = practitioners.every((line) => line.cases !== null || line.consultations === 0);
  const cases = isWhole ? sum(practitioners.map((line) => line.cases ?? 0)) : null;
  return { consultations, cases, share: shareOf({ consultations, cases }) };
}

/** Who is there by name, then those who are gone: a number is all that is left of them. */
export function linesOf({ practitioners }: QuarterCounts, names: ReadonlyMap<string, string>): Line[] {
  const say = billingMessages();
  const gone = practitioners.filter(({ practitionerId }) => !names.has(practitionerId));
  const nameOf = (id: string) => {
    const number = gone.findIndex(({ practitionerId }) => practitionerId === id) + 1;
    return names.get(id) ?? say.former(gone.length > 1 ? number : undefined);
  };
  const lines = practitioners.map((line) => ({
    ...line,
    name: nameOf(line.practitionerId),
    share: shareOf(line),
  }));
  const isGone = (line: Line) => Number(!names.has(line.practitionerId));
  return lines.toSorted(
    (a, b) => isGone(a) - isGone(b) || a.name.localeCompare(b.name, 'de', { numeric: true }),
  );
}

function shareOf({
  consultations,
  cases,
}: {
  consultations: number;
  cases: number | null;
}): number | undefined {
  return cases === null || cases === 0 ? undefined : (100 * consultations) / cases;
}

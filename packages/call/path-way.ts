import type { StatsReport } from './path-health.ts';

/** Older releases of Firefox have no report of the transport, and mark the pair in use itself. */
export function pairInUse(reports: StatsReport[]): StatsReport | undefined {
  const chosen = reports.find(({ type }) => type === 'transport')?.['selectedCandidatePairId'];
  return reports.find(
    ({ type, id, selected }) => type === 'candidate-pair' && (selected === true || id === chosen),
  );
}

/** Which way the packets take; undefined while none is found. */
export function wayOf(reports: StatsReport[]): 'direct' | 'relayed' | undefined {
  const pair = pairInUse(reports);
  if (!pair) return undefined;
  const ends = [pair['localCandidateId'], pair['remoteCandidateId']];
  const relayed = reports.some((report) => ends.includes(report.id) && report['candidateType'] === 'relay');
  return relayed ? 'relayed' : 'direct';
}

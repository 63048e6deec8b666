import type { RecordedPath } from '@sprechzimmer/protocol/consultation-record.ts';
import { type Fingerprint, readFingerprint } from './fingerprint.ts';
import type { StatsReport } from './path-health.ts';
import { wayOf } from './path-way.ts';

/** Which way the packets take, and what was negotiated for them. */
export type PathFacts = Omit<RecordedPath, 'since'>;

/** As browsers' statistics name them, which is how they stand on the wire. */
const versions: Record<string, string> = { FEFF: 'DTLS 1.0', FEFD: 'DTLS 1.2', FEFC: 'DTLS 1.3' };

/** What a path has to show for itself. */
export type Evidence = {
  reports: StatsReport[];
  /** This end's description. */
  sdp: string;
  /** The certificate that the other end has named under the handshake. */
  other: Fingerprint | undefined;
};

/** @returns undefined while no way is found */
export function readFacts({ reports, sdp, other }: Evidence): PathFacts | undefined {
  const way = wayOf(reports);
  if (!way) return undefined;
  const transport = reports.find((report) => report.type === 'transport');
  const version = told(transport, 'tlsVersion');
  return {
    way,
    dtlsVersion: versions[version.toUpperCase()] ?? version.slice(0, 20),
    dtlsCipher: told(transport, 'dtlsCipher'),
    srtpCipher: told(transport, 'srtpCipher'),
    dtlsRole: told(transport, 'dtlsRole').slice(0, 20),
    iceRole: told(transport, 'iceRole').slice(0, 20),
    ownFingerprint: sdp ? named(readFingerprint(sdp)) : '',
    otherFingerprint: other ? named(other) : '',
  };
}

function named({ algorithm, hash }: Fingerprint): string {
  return `${algorithm} ${hash}`;
}

function told(report: StatsReport | undefined, member: string): string {
  const value = report?.[member];
  return typeof value === 'string' ? value.slice(0, 80) : '';
}

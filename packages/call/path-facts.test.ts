import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFacts } from './path-facts.ts';
import type { StatsReport } from './path-health.ts';

const hash = Array.from({ length: 32 }, () => 'AA').join(':');
const own = `SHA-256 ${hash.toLowerCase()}`;
const sdp = `v=0\r\na=fingerprint:sha-256 ${hash}\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n`;
const other = { algorithm: 'SHA-384', hash: 'cc:dd' } as const;
const chromium = (candidateType: string): StatsReport[] => [
  {
    type: 'transport',
    id: 'T',
    selectedCandidatePairId: 'P2',
    tlsVersion: 'FEFC',
    dtlsCipher: 'TLS_AES_128_GCM_SHA256',
    srtpCipher: 'AEAD_AES_256_GCM',
    dtlsRole: 'server',
    iceRole: 'controlling',
  },
  { type: 'candidate-pair', id: 'P1', localCandidateId: 'L', remoteCandidateId: 'X' },
  { type: 'candidate-pair', id: 'P2', localCandidateId: 'L', remoteCandidateId: 'R' },
  { type: 'local-candidate', id: 'L', candidateType: 'host' },
  { type: 'remote-candidate', id: 'R', candidateType },
];

test('the way and what was negotiated for it are read from the browser’s statistics', () => {
  assert.deepEqual(readFacts({ reports: chromium('host'), sdp, other }), {
    way: 'direct',
    dtlsVersion: 'DTLS 1.3',
    dtlsCipher: 'TLS_AES_128_GCM_SHA256',
    srtpCipher: 'AEAD_AES_256_GCM',
    dtlsRole: 'server',
    iceRole: 'controlling',
    ownFingerprint: own,
    otherFingerprint: 'SHA-384 cc:dd',
  });
  assert.equal(readFacts({ reports: chromium('relay'), sdp, other })?.way, 'relayed');
});

test('an older Firefox marks the pair in use, and tells nothing of the transport', () => {
  const reports = chromium('host')
    .filter(({ type }) => type !== 'transport')
    .map((report) => (report.id === 'P2' ? { ...report, selected: true } : report));
  assert.deepEqual(readFacts({ reports, sdp, other: undefined }), {
    way: 'direct',
    dtlsVersion: '',
    dtlsCipher: '',
    srtpCipher: '',
    dtlsRole: '',
    iceRole: '',
    ownFingerprint: own,
    otherFingerprint: '',
  });
});

test('nothing is known while no way is found', () => {
  assert.equal(readFacts({ reports: [{ type: 'transport', id: 'T' }], sdp, other }), undefined);
});

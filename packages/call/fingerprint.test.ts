import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkCertificate, readFingerprint } from './fingerprint.ts';
import { InsecureError } from './insecure.ts';

const hash = Array.from({ length: 32 }, (_, i) => (i + 160).toString(16).toUpperCase()).join(':');
const line = `a=fingerprint:sha-256 ${hash}`;
const section = (...lines: string[]) => ['m=video 9 UDP/TLS/RTP/SAVPF 96', 'c=IN IP4 0.0.0.0', ...lines];
const sdp = (...lines: string[]) =>
  ['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0', ...lines, ''].join('\r\n');

test('the one fingerprint is read, at the session or repeated in each section', () => {
  const expected = { algorithm: 'SHA-256', hash: hash.toLowerCase() };
  assert.deepEqual(readFingerprint(sdp(line, ...section())), expected);
  assert.deepEqual(readFingerprint(sdp(...section(line), ...section(line))), expected);
});

test('a description without exactly one strong fingerprint for every section is refused', () => {
  const other = line.replace('A0', 'A1');
  const refused = {
    'no fingerprint': sdp(...section()),
    'no section': sdp(line),
    'a section without one': sdp(...section(line), ...section()),
    'two different ones': sdp(...section(line), ...section(other)),
    'another one at the session': sdp(other, ...section(line)),
    'sha-1': sdp(...section('a=fingerprint:sha-1 ' + hash.slice(0, 59))),
    md5: sdp(...section('a=fingerprint:md5 ' + hash.slice(0, 47))),
    'a short hash': sdp(...section(line.slice(0, -3))),
    'something behind it': sdp(...section(`${line} ${hash}`)),
    'SDES keys beside it': sdp(...section(line, 'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:abc')),
    'SDES keys in capitals': sdp(...section(line, 'A=CRYPTO:1 AES_CM_128_HMAC_SHA1_80 inline:abc')),
    'line feeds only, and SDES keys':
      sdp(...section(line)).replaceAll('\r\n', '\n') + 'a=crypto:1 x inline:y\n',
  };
  for (const [name, text] of Object.entries(refused)) {
    assert.throws(() => readFingerprint(text), InsecureError, name);
  }
});

test('a certificate is the expected one only if its hash says so', async () => {
  const certificate = new TextEncoder().encode('a certificate').buffer;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', certificate));
  const right = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(':');
  await checkCertificate(certificate, { algorithm: 'SHA-256', hash: right });
  await assert.rejects(
    checkCertificate(certificate, { algorithm: 'SHA-256', hash: hash.toLowerCase() }),
    (error) => error instanceof InsecureError && error.code === 'certificate',
  );
});

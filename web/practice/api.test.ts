import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromBase64url, sha256, toBase64url } from '@sprechzimmer/crypto/bytes.ts';
import { exportPublicKey, generateDeviceKeys, verifyText } from '@sprechzimmer/crypto/device-keys.ts';
import { practiceErrors } from '@sprechzimmer/protocol/errors.ts';
import {
  parseSignatureHeader,
  signatureHeader,
  signedRequestText,
} from '@sprechzimmer/protocol/signed-request.ts';
import { ApiError, createPracticeClient } from './api.ts';

const origin = 'http://localhost:7300';
const deviceId = '0b6f1a52-7a3c-4f6f-9d0e-0a4f1d1f9b11';
const device = await generateDeviceKeys();

function client(fetch: (request: Request) => Promise<Response>) {
  const signer = { deviceId, signKey: device.sign.privateKey };
  return createPracticeClient({ origin, signer: () => signer, fetch });
}

function answer(value: unknown, status = 200): Response {
  return Response.json({ json: value }, { status });
}

function refusal(code: keyof typeof practiceErrors, data?: unknown): Response {
  const { status, message } = practiceErrors[code];
  return answer({ defined: true, code, status, message, data }, status);
}

async function timestampIn(request: Request): Promise<number> {
  return parseSignatureHeader(request.headers.get(signatureHeader) ?? '')?.timestampMs ?? 0;
}

test('a request carries a signature of the device over its method, path and body', async () => {
  const seen: Request[] = [];
  const practice = client((request) => {
    seen.push(request.clone());
    return Promise.resolve(answer({ appointments: [] }));
  });
  await practice.appointment.list({ from: '2026-11-26', to: '2026-11-27' });
  const [request] = seen;
  assert.ok(request);
  assert.equal(new URL(request.url).pathname, '/api/appointment/list');
  const parts = parseSignatureHeader(request.headers.get(signatureHeader) ?? '');
  assert.ok(parts);
  assert.equal(parts.deviceId, deviceId);
  const bodyHash = toBase64url(await sha256(new Uint8Array(await request.arrayBuffer())));
  const text = signedRequestText({ method: 'POST', path: '/api/appointment/list', bodyHash }, parts);
  const publicKey = await exportPublicKey(device.sign.publicKey);
  assert.equal(await verifyText(publicKey, text, fromBase64url(parts.signature)), true);
});

test('a signature that is too old is made once more with the clock of the server', async () => {
  const serverTimeMs = Date.now() + 3_600_000;
  const times: number[] = [];
  const practice = client(async (request) => {
    times.push(await timestampIn(request));
    return times.length === 1 ? refusal('REQUEST_EXPIRED', { serverTimeMs }) : answer({});
  });
  await practice.practice.signOut({});
  assert.equal(times.length, 2);
  assert.ok(Math.abs((times[1] ?? 0) - serverTimeMs) < 5_000);
  await practice.practice.signOut({});
  assert.ok((times[2] ?? 0) >= serverTimeMs, 'the offset is kept for later requests');
});

test('a server that calls every signature too old is not asked for ever', async () => {
  let asked = 0;
  const practice = client(() => {
    asked += 1;
    return Promise.resolve(refusal('REQUEST_EXPIRED', { serverTimeMs: Date.now() }));
  });
  await assert.rejects(practice.practice.signOut({}), { name: 'ApiError', code: 'REQUEST_EXPIRED' });
  assert.equal(asked, 2);
});

test('no answer at all is OFFLINE, and so is a proxy that answers for a server that is away', async () => {
  const unreachable = client(() => Promise.reject(new TypeError('Failed to fetch')));
  await assert.rejects(unreachable.practice.session({}), { name: 'ApiError', code: 'OFFLINE' });
  const proxied = client(() => Promise.resolve(new Response('<h1>Bad gateway</h1>', { status: 502 })));
  await assert.rejects(proxied.practice.session({}), { name: 'ApiError', code: 'OFFLINE' });
});

test('a refusal keeps its code and says how long to wait', async () => {
  const practice = client(() => Promise.resolve(refusal('TOO_MANY_ATTEMPTS', { retryAfterSeconds: 90 })));
  await assert.rejects(practice.practice.challenge({}), (error: unknown) => {
    assert.ok(error instanceof ApiError);
    assert.equal(error.code, 'TOO_MANY_ATTEMPTS');
    assert.equal(error.retryAfterSeconds, 90);
    return true;
  });
});

test('an answer that nobody understands is INTERNAL', async () => {
  const practice = client(() => Promise.resolve(new Response('?', { status: 500 })));
  await assert.rejects(practice.practice.session({}), { name: 'ApiError', code: 'INTERNAL' });
});

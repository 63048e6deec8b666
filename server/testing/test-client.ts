import { createHash, randomBytes } from 'node:crypto';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import { signText } from '@sprechzimmer/crypto/device-keys.ts';
import type { contract } from '@sprechzimmer/protocol/contract.ts';
import {
  formatSignatureHeader,
  signatureHeader,
  signedRequestText,
} from '@sprechzimmer/protocol/signed-request.ts';

export type PracticeClient = ContractRouterClient<typeof contract>;
export type TestDevice = { id: string; signKey: CryptoKey };

/** What one browser has: its device, its cookie and its clock. */
export type TestBrowser = {
  origin: string;
  /** Where the origin is reached; by its own name unless given. */
  address?: string | undefined;
  device: TestDevice | undefined;
  cookie: string;
  /** The address that a proxy would say it has. */
  forwardedFor?: string;
  now?: () => Date;
};

/** A typed client of the practice API that signs and keeps its cookie as the browser does. */
export function createTestClient(browser: TestBrowser): PracticeClient {
  const link = new RPCLink({
    url: `${browser.origin}/api`,
    fetch: async (request) => {
      const body = Buffer.from(await request.arrayBuffer());
      return send(browser, await signedHeaders(browser, new URL(request.url).pathname, body), {
        path: new URL(request.url).pathname,
        body,
      });
    },
  });
  return createORPCClient(link);
}

/** The headers of one signed request; an attack changes some, or sends them twice. */
export async function signedHeaders(
  browser: TestBrowser,
  path: string,
  body: Buffer,
  timestampMs = (browser.now?.() ?? new Date()).getTime(),
): Promise<Record<string, string>> {
  const { origin, cookie, forwardedFor } = browser;
  const headers = {
    origin,
    'content-type': 'application/json',
    cookie,
    ...(forwardedFor !== undefined && { 'x-forwarded-for': forwardedFor }),
  };
  if (!browser.device) return headers;
  const deviceId = browser.device.id;
  const parts = { deviceId, timestampMs, nonce: randomBytes(16).toString('base64url') };
  const bodyHash = createHash('sha256').update(body).digest('base64url');
  const text = signedRequestText({ method: 'POST', path, bodyHash }, parts);
  const signature = Buffer.from(await signText(browser.device.signKey, text)).toString('base64url');
  return { ...headers, [signatureHeader]: formatSignatureHeader({ ...parts, signature }) };
}

/** Sends as it is told, and keeps the cookie that comes back. */
export async function send(
  browser: TestBrowser,
  headers: Record<string, string>,
  { path, body }: { path: string; body: Buffer },
): Promise<Response> {
  const response = await fetch((browser.address ?? browser.origin) + path, {
    method: 'POST',
    headers,
    body: new Uint8Array(body),
  });
  const [cookie] = response.headers.getSetCookie();
  if (cookie !== undefined) browser.cookie = cookie.split(';', 1)[0] ?? '';
  return response;
}

/** An input as oRPC puts it on the wire. */
export function wireBody(input: unknown): Buffer {
  return Buffer.from(JSON.stringify({ json: input }));
}

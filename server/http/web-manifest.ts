import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Assets } from './assets.ts';
import type { App } from './security-headers.ts';

/**
 * What one origin serves of the built app: the same for the same sources, whoever builds it, wherever and when. Anybody
 * may compare it with one made from the sources (docs/verify.md).
 */
export type WebManifest = {
  format: 1;
  app: App;
  /** Of the product. */
  version: string;
  /** By path, the page itself as `/`; sorted. */
  files: Record<string, WebFile>;
};

/**
 * `integrity`: SHA-384 of the uncompressed content, as in subresource integrity. `policy`: its content security policy,
 * where that is not the app's own.
 */
export type WebFile = { integrity: string; bytes: number; type: string; policy?: string };

export const manifestPath = '/.well-known/sprechzimmer-manifest.json';

export const productVersion: string = (
  JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8')) as { version: string }
).version;

export async function createManifest(app: App, assets: Assets): Promise<WebManifest> {
  const files: [string, WebFile][] = [];
  for (const [path, asset] of assets) {
    const content = await asset.bodies.identity();
    const { contentType: type, contentSecurityPolicy: policy } = asset;
    const file = { integrity: integrityOf(content), bytes: content.length, type, ...(policy && { policy }) };
    files.push([path, file]);
  }
  files.sort(([a], [b]) => (a < b ? -1 : 1));
  return { format: 1, app, version: productVersion, files: Object.fromEntries(files) };
}

export function integrityOf(content: Uint8Array): string {
  return `sha384-${createHash('sha384').update(content).digest('base64')}`;
}

/** The very bytes that are published. */
export function manifestText(manifest: WebManifest): string {
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** Tells one build from another, in twelve letters. */
export function manifestHash(manifest: WebManifest): string {
  return createHash('sha256').update(manifestText(manifest)).digest('hex').slice(0, 12);
}

/** Serves the manifest of what `app` serves. */
export function serveManifest(app: FastifyInstance, manifest: WebManifest): void {
  const text = manifestText(manifest);
  app.get(manifestPath, (_, reply) =>
    reply.header('cache-control', 'no-cache').type('application/json; charset=utf-8').send(text),
  );
}

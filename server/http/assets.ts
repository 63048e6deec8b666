import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { wasmWorkerPolicy } from './security-headers.ts';

type Encoding = 'br' | 'gzip' | 'identity';

export type Asset = {
  contentType: string;
  /** Instead of the app's own. */
  contentSecurityPolicy?: string;
  cacheControl: string;
  /** Without the quotes and the encoding's suffix. */
  etag: string;
  /** Compressed when first asked for, and kept. */
  bodies: Record<Encoding, () => Promise<Buffer>>;
};

/** An app's built files by path, in memory: nothing of the disk is in reach of a request. */
export type Assets = Map<string, Asset>;

const contentTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.tflite': 'application/octet-stream',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};
const compressed = new Set(['.css', '.html', '.js', '.json', '.svg', '.txt', '.webmanifest']);
/** Large, and for the few who ask for them: whoever is first does not wait for the slower compression. */
const gzipped = new Set(['.tflite', '.wasm']);
/** Computes with WebAssembly, beside the page and with a policy of its own (decision 13). */
const wasmWorker = /^\/assets\/blur-worker-[\w-]+\.js$/;
/** Vite puts every file whose name carries its hash here. */
export const hashedFolder = '/assets/';

/**
 * Reads a built app.
 * @param folder the build's output, with an `index.html`
 * @throws Error naming the folder when there is no build in it
 */
export async function readAssets(folder: string): Promise<Assets> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const assets: Assets = new Map();
  await Promise.all(
    files.map(async (file) => {
      const path = `/${relative(folder, file).split(sep).join('/')}`;
      assets.set(path === '/index.html' ? '/' : path, toAsset(path, await readFile(file)));
    }),
  );
  if (!assets.has('/')) throw new Error(`There is no built app in ${folder}; build it first.`);
  return assets;
}

/** An app's file as it is served at this path. */
export function toAsset(path: string, body: Buffer): Asset {
  return createAsset(body, {
    extension: extname(path),
    cacheControl: cacheControlOf(path),
    ...(wasmWorker.test(path) && { contentSecurityPolicy: wasmWorkerPolicy }),
  });
}

/** @param about.extension of a file name, such as `.html`: it tells the content's type */
export function createAsset(
  identity: Buffer,
  about: { extension: string; cacheControl: string; contentSecurityPolicy?: string },
): Asset {
  const { extension, ...headers } = about;
  const asItIs = () => Promise.resolve(identity);
  const br = () => promisify(brotliCompress)(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
  const gz = () => promisify(gzip)(identity, { level: 9 });
  return {
    ...headers,
    contentType: contentTypes[extension] ?? 'application/octet-stream',
    etag: createHash('sha256').update(identity).digest('base64url').slice(0, 22),
    bodies: {
      br: compressed.has(extension) ? once(br) : asItIs,
      gzip: compressed.has(extension) || gzipped.has(extension) ? once(gz) : asItIs,
      identity: asItIs,
    },
  };
}

function once(make: () => Promise<Buffer>): () => Promise<Buffer> {
  let made: Promise<Buffer> | undefined;
  return () => (made ??= make());
}

function cacheControlOf(path: string): string {
  if (path.startsWith(hashedFolder)) return 'public, max-age=31536000, immutable';
  return path === '/index.html' ? 'no-store' : 'no-cache';
}

/**
 * Serves `assets` to GET and HEAD: the app at `/`, its files at their paths, nothing else.
 * @param findElse is asked for what is not among them
 */
export function serveAssets(
  app: FastifyInstance,
  assets: Assets,
  findElse: (path: string) => Promise<Asset | undefined>,
): void {
  app.get('/', (request, reply) => sendAsset(assets.get('/'), request, reply));
  app.get('/*', async (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const asset = path === '/' ? undefined : (assets.get(path) ?? (await findElse(path)));
    return sendAsset(asset, request, reply);
  });
}

/** Answers with `asset`, or that there is none. */
export async function sendAsset(asset: Asset | undefined, request: FastifyRequest, reply: FastifyReply) {
  if (!asset) {
    reply.callNotFound();
    return reply;
  }
  const { encoding, body } = await bodyFor(asset, request.headers['accept-encoding'] ?? '');
  const etag = `"${asset.etag}-${encoding}"`;
  reply.headers({ 'cache-control': asset.cacheControl, etag, vary: 'accept-encoding' });
  if (asset.contentSecurityPolicy) reply.header('content-security-policy', asset.contentSecurityPolicy);
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  if (encoding !== 'identity') reply.header('content-encoding', encoding);
  return reply.type(asset.contentType).send(body);
}

async function bodyFor(asset: Asset, accepted: string): Promise<{ encoding: Encoding; body: Buffer }> {
  const accepts = new Set(accepted.split(',').map((entry) => entry.trim()));
  const identity = await asset.bodies.identity();
  for (const encoding of ['br', 'gzip'] as const) {
    if (!accepts.has(encoding)) continue;
    const body = await asset.bodies[encoding]();
    // What does not shrink is sent as it is.
    if (body.length < identity.length) return { encoding, body };
  }
  return { encoding: 'identity', body: identity };
}

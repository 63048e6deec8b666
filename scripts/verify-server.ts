import { type App, securityHeaders } from '../server/http/security-headers.ts';
import { integrityOf, manifestPath, type WebFile, type WebManifest } from '../server/http/web-manifest.ts';
import { type Answer, type Bounds, fetchBounded } from './fetch-bounded.ts';

export type VerifyLimits = { answerMs: number; totalMs: number };
export type Verified = { app: App; version: string; files: number; differences: string[] };

export const verifyLimits: VerifyLimits = { answerMs: 20_000, totalMs: 180_000 };

const asBrowsersAsk = 'gzip, deflate, br';
const lanes = 6;
/** A server's own manifest is read to this size. */
const maxManifestBytes = 1_000_000;
/** Headers that could make a page do what its own bytes do not say. */
const effective = ['link', 'refresh', 'service-worker-allowed', 'set-cookie', 'sourcemap', 'x-sourcemap'];

/**
 * Compares what a running server sends with what it should send, file by file and header by header.
 * @param url any address of one of the two origins
 * @param manifests what may be expected; which of them is told by the files that the page names
 */
export async function verifyServer(
  url: URL,
  manifests: readonly WebManifest[],
  limits: VerifyLimits = verifyLimits,
): Promise<Verified> {
  const bounds = { signal: AbortSignal.timeout(limits.totalMs), answerMs: limits.answerMs };
  const page = await fetchBounded(`${url.origin}/`, asBrowsersAsk, maxManifestBytes, bounds);
  const html = 'failure' in page ? '' : page.body.toString();
  const manifest = closest(manifests, html);
  const differences = [
    ...(await compareFiles(url.origin, manifest, bounds)),
    ...compareScripts(html, manifest),
    ...(await comparePublished(url.origin, manifest, bounds)),
  ];
  const { app, version, files } = manifest;
  return { app, version, files: Object.keys(files).length, differences };
}

function closest(manifests: readonly WebManifest[], html: string): WebManifest {
  const named = ({ files }: WebManifest) =>
    Object.keys(files).filter((path) => path !== '/' && html.includes(path)).length;
  const [best] = [...manifests].sort((a, b) => named(b) - named(a));
  if (!best) throw new TypeError('nothing to compare with');
  return best;
}

async function compareFiles(origin: string, { app, files }: WebManifest, bounds: Bounds): Promise<string[]> {
  const differences: string[] = [];
  const asked: [path: string, encoding: string][] = Object.keys(files).map((path) => [path, asBrowsersAsk]);
  // The page twice: a server could hide a changed one behind an encoding.
  const left = [...asked, ['/', 'identity'] as [string, string]];
  const lane = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [path, encoding] = next;
      const file = files[path]!;
      const answer = await fetchBounded(origin + path, encoding, file.bytes + 1_000_000, bounds);
      const expected = securityHeaders(app, { practiceOrigin: origin, roomOrigin: origin });
      differences.push(...compareFile(path, file, expected, answer));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return [...new Set(differences)].sort();
}

function compareFile(
  path: string,
  file: WebFile,
  expected: Record<string, string>,
  answer: Answer,
): string[] {
  if ('failure' in answer) return [`${path}: ${answer.failure}`];
  const { status, headers, body } = answer;
  if (status >= 300 && status < 400) return [`${path}: leads elsewhere (${status})`];
  if (status === 404) return [`${path}: missing`];
  if (status !== 200) return [`${path}: answered with ${status}`];
  const differences = [];
  if (integrityOf(body) !== file.integrity) differences.push('changed content');
  const type = headers.get('content-type');
  if (type !== file.type) differences.push(`content type ${type ?? 'none'} instead of ${file.type}`);
  for (const [name, value] of Object.entries(expected)) {
    const given = headers.get(name);
    if (name === 'content-security-policy') differences.push(...comparePolicy(given, file.policy ?? value));
    else if (name === 'strict-transport-security') {
      if (!given) differences.push(`${name} is missing`);
    } else if (given !== value) differences.push(`${name} is ${given ?? 'missing'}`);
  }
  for (const name of effective) if (headers.has(name)) differences.push(`additional header ${name}`);
  return differences.map((difference) => `${path}: ${difference}`);
}

/** Several policies hold together, so that one that is as expected is enough. */
function comparePolicy(given: string | null, expected: string): string[] {
  if (given === null) return ['content security policy is missing'];
  const policies = given.split(',').map(directives);
  const wanted = directives(expected);
  const differences = policies.map((policy) => comparePolicies(policy, wanted));
  return differences.find((list) => list.length === 0) ?? differences[0] ?? [];
}

function comparePolicies(policy: Map<string, string>, wanted: Map<string, string>): string[] {
  const differences = [];
  for (const [name, value] of wanted) {
    const given = policy.get(name);
    if (given === undefined) differences.push(`content security policy weakened: no ${name}`);
    else if (given !== value) {
      differences.push(`content security policy changed: ${name} ${given} instead of ${value}`);
    }
  }
  // One that is more special takes precedence over those that are expected.
  for (const name of policy.keys()) {
    if (!wanted.has(name)) differences.push(`content security policy changed: additional ${name}`);
  }
  return differences;
}

/** As browsers read them: of two with one name the first counts. */
function directives(policy: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const directive of policy.split(';')) {
    const [name = '', ...values] = directive.trim().split(/\s+/);
    if (name !== '' && !found.has(name.toLowerCase())) found.set(name.toLowerCase(), values.join(' '));
  }
  return found;
}

/** Names what a changed page would load or run beside what it should. */
function compareScripts(html: string, { files }: WebManifest): string[] {
  const tags = [...html.matchAll(/<(script|link|iframe|object|embed)\b[^>]*>/gi)];
  return tags.flatMap(([tag, name = '']) => {
    const target = /\s(?:src|href|data)\s*=\s*["']?([^"'\s>]+)/i.exec(tag)?.[1];
    if (target === undefined)
      return name.toLowerCase() === 'script' ? ['/: additional script within the page'] : [];
    // Icons and the like that are data, and nothing that runs.
    const isOurs =
      Object.hasOwn(files, target) || (name.toLowerCase() === 'link' && target.startsWith('data:image/'));
    return isOurs ? [] : [`/: additional ${name.toLowerCase()} ${target.slice(0, 200)}`];
  });
}

async function comparePublished(origin: string, manifest: WebManifest, bounds: Bounds): Promise<string[]> {
  const answer = await fetchBounded(origin + manifestPath, asBrowsersAsk, maxManifestBytes, bounds);
  if ('failure' in answer) return [`${manifestPath}: ${answer.failure}`];
  if (answer.status !== 200) return [`${manifestPath}: answered with ${answer.status}`];
  const published = parseManifest(answer.body.toString());
  if (!published) return [`${manifestPath}: is no manifest`];
  const differences = [];
  if (published.version !== manifest.version) {
    differences.push(`${manifestPath}: version ${published.version} instead of ${manifest.version}`);
  }
  for (const path of Object.keys(published.files)) {
    if (!Object.hasOwn(manifest.files, path)) differences.push(`${path}: additional file`);
  }
  for (const [path, { integrity }] of Object.entries(manifest.files)) {
    const named = Object.hasOwn(published.files, path) ? published.files[path] : undefined;
    if (named?.integrity !== integrity) differences.push(`${manifestPath}: tells something else of ${path}`);
  }
  return differences;
}

/** @returns undefined for what is no manifest, or names what is no path of one origin */
export function parseManifest(text: string): WebManifest | undefined {
  try {
    const parsed = JSON.parse(text) as WebManifest;
    const { format, app, version, files } = parsed;
    const isRight =
      format === 1 &&
      (app === 'practice' || app === 'room') &&
      /^[\w.-]{1,40}$/.test(version) &&
      Object.entries(files).every(([path, file]) => isPath(path) && isFile(file)) &&
      Object.hasOwn(files, '/');
    return isRight ? parsed : undefined;
  } catch {
    return undefined;
  }
}

const isPath = (path: string): boolean => /^\/(?!\/)[\w./-]{0,300}$/.test(path) && !path.includes('..');

function isFile({ integrity, bytes, type, policy = '' }: WebFile): boolean {
  const isSize = Number.isInteger(bytes) && bytes >= 0 && bytes <= 50_000_000;
  const isText = typeof type === 'string' && typeof policy === 'string';
  return /^sha384-[A-Za-z0-9+/]{64}$/.test(integrity) && isSize && isText;
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { WebApp } from './build.ts';

/**
 * Of the room app, which must open on an old phone on a slow line (gzip -9, in bytes): `js` is everything that a person
 * needs to talk. What is loaded only once somebody chooses it, such as a shared screen, is not in it (decision 11).
 */
export const roomBudget = { js: 60 * 1024, firstScreenJs: 15 * 1024, requests: 8 } as const;

export type RoomSize = { js: number; firstScreenJs: number; requests: number };

export type BundleReport = { measured: string; problems: string[] };

type Files = Map<string, Buffer>;

/** The chunks behind the first screen, by who loads them, and one of the languages. */
const behindFirstScreen = { patient: /^assets\/participant-app-/, host: /^assets\/host-app-/ };
const languages = [/^assets\/messages\.de-/, /^assets\/messages\.en-/];

const forbidden: { pattern: RegExp; reason: string }[] = [
  { pattern: /MediaRecorder/g, reason: 'a consultation is never recorded' },
  { pattern: /captureStream/g, reason: 'a consultation is never recorded' },
  {
    pattern: /\b(?:https?|wss?):\/\/[^\s"'`<>)\\]+/gi,
    reason: 'no request leaves the servers of the operator',
  },
  {
    pattern: /(?<=["'`(=]\s*)\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)+/gi,
    reason: 'no request leaves the servers of the operator',
  },
];

const allowedAddresses: RegExp[] = [
  // Names of XML namespaces, which nobody ever asks for.
  /^http:\/\/www\.w3\.org\/(1998\/Math\/MathML|1999\/xhtml|1999\/xlink|2000\/svg|2000\/xmlns\/|XML\/1998\/namespace)$/,
  // This machine itself, as in a sentence about the embedded start.
  /^(https?|wss?):\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$)/,
  // In an error message for developers of the passkey library; nobody asks for it.
  /^https:\/\/simplewebauthn\.dev\/docs\//,
  // In an error message for developers of WebAssembly programs; nobody asks for it.
  /^https:\/\/github\.com\/emscripten-core\/emscripten\/wiki\//,
  // No fixed host: the code puts in the one that the page came from.
  /^(https?|wss?):\/\/\$\{/,
];

/** Measures one built app and names everything in it that may not be. */
export function checkBundles(app: WebApp, dist: string): BundleReport {
  const files = readFiles(dist);
  const problems = [...findForbidden(files), ...findWithoutIntegrity(files)].map((text) => `${app}: ${text}`);
  if (app === 'practice')
    return { measured: `${app}: ${formatBytes(jsBytes(files, files.keys()))} of JS`, problems };
  const size = measureRoom(dist);
  for (const [what, limit] of Object.entries(roomBudget) as [keyof RoomSize, number][]) {
    if (size[what] > limit)
      problems.push(`${app}: ${what} is ${size[what]}, and at most ${limit} is allowed`);
  }
  const measured =
    `${app}: ${formatBytes(size.js)} of JS to talk, ${formatBytes(size.firstScreenJs)} before the first screen, ` +
    `${size.requests} requests`;
  return { measured, problems };
}

/**
 * The JS that the patient's page or the host's window needs to talk, whichever is more; of it what the first screen waits
 * for; and how many files a patient's browser asks for.
 * @throws Error when the page loads no script, or one that is not there
 */
export function measureRoom(dist: string): RoomSize {
  const files = readFiles(dist);
  const linked = linkedFiles(files);
  const entries = linked.filter((name) => name.endsWith('.js'));
  if (entries.length === 0) throw new Error(`${dist}/index.html loads no script.`);
  const firstScreen = reach(files, entries, staticImports);
  const later = [...firstScreen].flatMap((name) => dynamicImports(files.get(name)?.toString() ?? ''));
  /** In the longer language. */
  const personLoads = (chunk: RegExp) =>
    languages
      .map((language) => [
        ...later.filter((name) => chunk.test(name)),
        ...[...files.keys()].filter((name) => language.test(name)),
      ])
      .map((chosen) => reach(files, [...firstScreen, ...chosen], staticImports))
      .toSorted((a, b) => jsBytes(files, b) - jsBytes(files, a))[0]!;
  const [patient, host] = [personLoads(behindFirstScreen.patient), personLoads(behindFirstScreen.host)];
  return {
    js: Math.max(jsBytes(files, patient), jsBytes(files, host)),
    firstScreenJs: jsBytes(files, firstScreen),
    requests: new Set(['index.html', ...linked, ...patient]).size,
  };
}

function readFiles(dist: string): Files {
  const entries = readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [path.slice(dist.length + 1), readFileSync(path)]));
}

function* findForbidden(files: Files): Generator<string> {
  for (const [name, content] of files) {
    const text = content.toString('latin1');
    for (const { pattern, reason } of forbidden) {
      for (const [found] of text.matchAll(pattern)) {
        if (!allowedAddresses.some((allowed) => allowed.test(found))) {
          yield `${name} contains ${found.slice(0, 80)}, but ${reason}`;
        }
      }
    }
  }
}

function* findWithoutIntegrity(files: Files): Generator<string> {
  const html = files.get('index.html')?.toString() ?? '';
  for (const [tag] of html.matchAll(
    /<script\b[^>]*>|<link\b[^>]*rel="(?:stylesheet|modulepreload)"[^>]*>/g,
  )) {
    if (!/\sintegrity="sha384-/.test(tag)) yield `index.html loads ${tag} without integrity`;
  }
}

function linkedFiles(files: Files): string[] {
  const html = files.get('index.html')?.toString() ?? '';
  return [...html.matchAll(/<(?:script|link|img)\b[^>]*?\s(?:src|href)="\/([^"]+)"/g)].map(
    ([, name]) => name!,
  );
}

function staticImports(code: string): string[] {
  return [...code.matchAll(/\b(?:import|from)\s*["'`]\.\/([^"'`]+)["'`]/g)].map(
    ([, name]) => `assets/${name}`,
  );
}

function dynamicImports(code: string): string[] {
  return [...code.matchAll(/\bimport\(\s*["'`]\.\/([^"'`]+)["'`]/g)].map(([, name]) => `assets/${name}`);
}

function reach(files: Files, entries: string[], importsOf: (code: string) => string[]): Set<string> {
  const reached = new Set(entries);
  // A set that grows while it is walked is walked to its end.
  for (const name of reached) {
    const content = files.get(name);
    if (!content) throw new Error(`The page loads ${name}, which was not built.`);
    for (const imported of importsOf(content.toString())) reached.add(imported);
  }
  return reached;
}

function jsBytes(files: Files, names: Iterable<string>): number {
  return [...names]
    .filter((name) => name.endsWith('.js'))
    .reduce((sum, name) => sum + gzipSync(files.get(name)!, { level: 9 }).length, 0);
}

function formatBytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KB gz`;
}

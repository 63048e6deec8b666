import { createHash } from 'node:crypto';

export type LockEntry = {
  name?: string;
  version?: string;
  license?: string;
  integrity?: string;
  link?: boolean;
  dev?: boolean;
  optional?: boolean;
  devOptional?: boolean;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
};
export type Lockfile = { packages: Record<string, LockEntry> };

type Component = { path: string; ref: string; entry: LockEntry };

const inModules = 'node_modules/';

/**
 * The bill of materials in CycloneDX 1.6, from npm's lockfile alone: every package with version, hash, licence and what it
 * needs; the same but for the date.
 */
export function billOfMaterials(lockfile: Lockfile, { version, now }: { version: string; now: Date }) {
  const { packages } = lockfile;
  const found = Object.entries(packages)
    .filter(([path, { link }]) => path.includes(inModules) && !link)
    .map(([path, entry]): Component => ({ path, ref: refOf(path, entry), entry }));
  // A package may lie in several places in one version.
  const components = [...new Map(found.map((component) => [component.ref, component])).values()];
  components.sort((a, b) => (a.ref < b.ref ? -1 : 1));
  const self = `pkg:npm/sprechzimmer@${version}`;
  const own = Object.entries(packages).filter(([path]) => !path.includes(inModules));
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify(packages))}`,
    version: 1,
    metadata: {
      timestamp: now.toISOString(),
      lifecycles: [{ phase: 'pre-build' }],
      component: {
        type: 'application',
        'bom-ref': self,
        name: 'sprechzimmer',
        version,
        purl: self,
        licenses: [{ license: { id: 'Apache-2.0' } }],
      },
    },
    components: components.map(describe),
    dependencies: [
      { ref: self, dependsOn: unique(own.flatMap(([path, entry]) => needsOf(packages, path, entry))) },
      ...components.map(({ path, ref, entry }) => ({
        ref,
        dependsOn: unique(needsOf(packages, path, entry)),
      })),
    ],
  };
}

function describe({ path, ref, entry }: Component) {
  const name = nameOf(path);
  const [group, plain] = name.startsWith('@') ? name.split('/') : [undefined, name];
  const { license, integrity = '' } = entry;
  return {
    type: 'library',
    'bom-ref': ref,
    ...(group !== undefined && { group }),
    name: plain ?? name,
    version: entry.version ?? '',
    purl: ref,
    scope: entry.dev || entry.devOptional ? 'excluded' : entry.optional ? 'optional' : 'required',
    hashes: [
      { alg: 'SHA-512', content: Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex') },
    ],
    ...(license !== undefined && {
      licenses: [/^[\w.+-]+$/.test(license) ? { license: { id: license } } : { expression: license }],
    }),
  };
}

/** Where Node would find each of them: beside the package, or beside one that holds it. */
function needsOf(packages: Lockfile['packages'], path: string, entry: LockEntry): string[] {
  const names = Object.keys({
    ...entry.dependencies,
    ...entry.optionalDependencies,
    ...entry.devDependencies,
  });
  return names.flatMap((name) => {
    for (let folder = path; ; folder = parentOf(folder)) {
      const place = folder === '' ? `${inModules}${name}` : `${folder}/${inModules}${name}`;
      const target = packages[place];
      // One of our own packages, whose needs are counted with the product's.
      if (target?.link) return [];
      if (target) return [refOf(place, target)];
      if (folder === '') return [];
    }
  });
}

/** The folder whose `node_modules` a package lies in; the root for one of ours. */
function parentOf(folder: string): string {
  const at = folder.lastIndexOf(inModules);
  return at <= 0 ? '' : folder.slice(0, at - 1);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf(inModules) + inModules.length);
}

function refOf(path: string, { name = nameOf(path), version = '' }: LockEntry): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

function unique(refs: string[]): string[] {
  return [...new Set(refs)].sort();
}

/** Of the content, so that the same packages have the same number (RFC 9562, version 8). */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

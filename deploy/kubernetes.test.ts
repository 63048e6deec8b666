import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseEnv } from 'node:util';
import { Deployment, type IDeployment } from 'kubernetes-models/apps/v1';
import { Ingress, NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { ConfigMap, Namespace, Secret, Service } from 'kubernetes-models/v1';
import { parse, parseAllDocuments } from 'yaml';
import { repositoryRoot } from '../scripts/build.ts';
import { readConfig } from '../server/http/config.ts';
import { readOperatorFolder } from '../server/pages/operator-folder.ts';
import { knownSettings } from './testing/known-settings.ts';

type Resource = { apiVersion: string; kind: string; metadata: { name: string } };

const folder = join(import.meta.dirname, 'kubernetes');
const kinds = {
  ConfigMap: [ConfigMap, 'v1'],
  Deployment: [Deployment, 'apps/v1'],
  Ingress: [Ingress, 'networking.k8s.io/v1'],
  Namespace: [Namespace, 'v1'],
  NetworkPolicy: [NetworkPolicy, 'networking.k8s.io/v1'],
  PodDisruptionBudget: [PodDisruptionBudget, 'policy/v1'],
  Secret: [Secret, 'v1'],
  Service: [Service, 'v1'],
} as const;

const resources = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml') && name !== 'kustomization.yaml')
  .flatMap((name) => read(name));
const deployment = resources.find(({ kind }) => kind === 'Deployment') as unknown as IDeployment;
const pod = deployment.spec!.template.spec!;
const [container] = pod.containers;
const settings = parseEnv(readFileSync(join(folder, 'settings.env'), 'utf8')) as Record<string, string>;

test('every manifest fits the schema of its kind', () => {
  assert.ok(resources.length >= 8);
  for (const resource of resources) {
    const [Model, apiVersion] = kinds[resource.kind as keyof typeof kinds];
    assert.equal(resource.apiVersion, apiVersion, resource.kind);
    const { apiVersion: _, kind: __, ...data } = resource;
    new Model(data).validate();
  }
  const broken = { metadata: { name: 'x' }, spec: { replicas: 'two', selector: {}, template: {} } };
  assert.throws(() => new Deployment(broken as never).validate(), /replicas must be integer/);
});

// The schemas let fields pass that they do not know; the types made from the same API do not.
test('no manifest has a field that its kind has not', { timeout: 120_000 }, () => {
  assert.equal(checkTypes(resources), '');
  const misspelt = structuredClone(deployment) as IDeployment & { spec: object };
  Object.assign(misspelt.spec, { replicaz: 3 });
  assert.match(checkTypes([misspelt as unknown as Resource]), /replicaz/);
});

test('the kustomization names every manifest but the examples, and no file that is not there', () => {
  const kustomization = parse(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')) as {
    namespace: string;
    resources: string[];
    configMapGenerator: { name: string; envs: string[] }[];
    images: { name: string }[];
  };
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  const others = ['kustomization.yaml', 'pages.example.yaml', 'secret.example.yaml'];
  assert.deepEqual([...kustomization.resources, ...others].sort(), files.sort());
  assert.deepEqual(kustomization.configMapGenerator[0]?.envs, ['settings.env']);
  assert.equal(container?.envFrom?.[0]?.configMapRef?.name, kustomization.configMapGenerator[0]?.name);
  assert.equal(kustomization.images[0]?.name, container?.image);
});

test('a pod keeps to the restricted standard: no root, no rights, no writing, no account of the cluster', () => {
  assert.equal(pod.automountServiceAccountToken, false);
  assert.equal(pod.securityContext?.runAsNonRoot, true);
  assert.deepEqual(pod.securityContext?.seccompProfile, { type: 'RuntimeDefault' });
  assert.deepEqual(container?.securityContext, {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
  const image = readFileSync(join(import.meta.dirname, 'Containerfile'), 'utf8');
  assert.ok(image.includes(`USER ${pod.securityContext?.runAsUser}:${pod.securityContext?.runAsGroup}`));
});

test('ports are the product’s own, and every way to them ends there', () => {
  const { practicePort, roomPort } = readConfig({}, repositoryRoot);
  const ports = container?.ports?.map(({ name, containerPort }) => [name, containerPort]);
  assert.deepEqual(ports, [
    ['practice', practicePort],
    ['room', roomPort],
  ]);
  const service = resources.find(({ kind }) => kind === 'Service') as unknown as {
    spec: { ports: { name: string; port: number; targetPort: string }[]; selector: object };
  };
  assert.deepEqual(service.spec.selector, deployment.spec?.selector.matchLabels);
  assert.deepEqual(
    service.spec.ports.map(({ name, port, targetPort }) => [name, port, targetPort]),
    [
      ['practice', practicePort, 'practice'],
      ['room', roomPort, 'room'],
    ],
  );
  const ingress = resources.find(({ kind }) => kind === 'Ingress') as unknown as {
    spec: {
      rules: { host: string; http: { paths: { backend: { service: { port: { name: string } } } }[] } }[];
    };
  };
  const ways = ingress.spec.rules.map(({ host, http }) => [
    `https://${host}`,
    http.paths[0]?.backend.service.port.name,
  ]);
  assert.deepEqual(ways, [
    [settings['PRACTICE_ORIGIN'], 'practice'],
    [settings['ROOM_ORIGIN'], 'room'],
  ]);
  for (const probe of [container?.startupProbe, container?.readinessProbe, container?.livenessProbe])
    assert.equal(probe?.httpGet?.port ?? probe?.tcpSocket?.port, 'practice');
});

test('the settings are settings that there are, and the secrets lie where they look', () => {
  const known = knownSettings();
  for (const key of Object.keys(settings)) assert.ok(known.has(key), key);
  const secret = resources.find(({ kind }) => kind === 'Secret') as unknown as {
    metadata: { name: string };
    stringData: Record<string, string>;
  };
  const [mount] = container?.volumeMounts ?? [];
  const volume = pod.volumes?.find(({ name }) => name === mount?.name);
  assert.equal(volume?.secret?.secretName, secret.metadata.name);
  const files = Object.entries(settings).filter(([key]) => key.endsWith('_FILE'));
  assert.deepEqual(
    files.map(([, path]) => path).sort(),
    Object.keys(secret.stringData)
      .map((name) => `${mount?.mountPath}/${name}`)
      .sort(),
  );
  const env = { ...settings, ...Object.fromEntries(files.map(([key]) => [key, ''])) };
  assert.equal(
    readConfig({ ...env, TURN_SECRET: 'a'.repeat(64), SERVER_KEY: 'a'.repeat(64) }, repositoryRoot)
      .trustProxy,
    true,
  );
});

test('the operator’s pages lie where the settings look, read-only, and a pod starts without them too', async () => {
  const mount = container?.volumeMounts?.find(({ mountPath }) => mountPath === settings['PAGES_DIR']);
  assert.equal(mount?.readOnly, true);
  const volume = pod.volumes?.find(({ name }) => name === mount?.name);
  const example = resources.find(({ kind }) => kind === 'ConfigMap') as unknown as {
    metadata: { name: string };
    data: Record<string, string>;
  };
  assert.deepEqual(volume?.configMap, { name: example.metadata.name, optional: true });
  const mounted = mkdtempSync(join(tmpdir(), 'sprechzimmer-pages-'));
  try {
    for (const [name, text] of Object.entries(example.data)) writeFileSync(join(mounted, name), text);
    assert.deepEqual((await readOperatorFolder(mounted)).problems, []);
  } finally {
    rmSync(mounted, { recursive: true });
  }
});

test('an update takes no pod away before another is ready, and gives it the time to end', () => {
  assert.ok(Number(deployment.spec?.replicas) >= 2);
  assert.deepEqual(deployment.spec?.strategy, {
    type: 'RollingUpdate',
    rollingUpdate: { maxUnavailable: 0, maxSurge: 1 },
  });
  const drainSeconds = Number(settings['DRAIN_SECONDS'] ?? 0);
  assert.ok(Number(pod.terminationGracePeriodSeconds) >= drainSeconds + 45);
});

function read(name: string): Resource[] {
  return parseAllDocuments(readFileSync(join(folder, name), 'utf8')).map((document) => {
    assert.deepEqual(document.errors, [], name);
    return document.toJS() as Resource;
  });
}

/** What the compiler says of each manifest as a literal of its kind's type: nothing, or the fields that are none. */
function checkTypes(manifests: Resource[]): string {
  const scratch = mkdtempSync(join(tmpdir(), 'sprechzimmer-manifests-'));
  try {
    symlinkSync(join(repositoryRoot, 'node_modules'), join(scratch, 'node_modules'));
    const lines = manifests.map((manifest, index) => {
      const path = `kubernetes-models/${manifest.apiVersion}`;
      return `export const m${index}: import('${path}').I${manifest.kind} = ${JSON.stringify(manifest)};`;
    });
    writeFileSync(join(scratch, 'manifests.ts'), lines.join('\n'));
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'preserve', '--target', 'es2024'];
    execFileSync(join(repositoryRoot, 'node_modules', '.bin', 'tsc'), [...options, 'manifests.ts'], {
      cwd: scratch,
      encoding: 'utf8',
    });
    return '';
  } catch (error) {
    return (error as { stdout: string }).stdout;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

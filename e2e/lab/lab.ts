import { createHash, X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeTestCertificate } from '../../server/testing/test-certificate.ts';
import { openPerson, type Person } from '../support/browsers.ts';
import { openPractice } from '../support/practice.ts';
import { type ProductProcess, startProductProcess } from '../support/product-process.ts';
import { type Relay, startRelay } from '../support/relay.ts';
import { openEntrance } from './entrance.ts';
import { requireLab } from './namespaces.ts';
import { addresses, type Family, type Network, openNetwork } from './network.ts';
import { speechLikeSound } from './speech.ts';
import { watch } from './watch.ts';

export const names = {
  practice: 'praxis.lab.example',
  room: 'video.lab.example',
} as const;

const relayPorts = { plain: [3478], tls: [5349, 443] };

export type Lab = {
  network: Network;
  product: ProductProcess;
  relay: Relay;
  practice: Awaited<ReturnType<typeof openPractice>>;
  /** Two people, each at a browser on their own network. */
  openPeople(family?: Family): Promise<{ doctor: Person; patient: Person; close(): Promise<void> }>;
  close(): Promise<void>;
};

/**
 * The product, and two people on networks of their own.
 * @throws LabError where this machine cannot have it
 */
export async function openLab(): Promise<Lab> {
  requireLab();
  const folder = await mkdtemp(join(tmpdir(), 'sprechzimmer-lab-'));
  const sound = join(folder, 'speech.wav');
  await writeFile(sound, speechLikeSound());
  const endings: (() => unknown)[] = [() => rm(folder, { recursive: true })];
  const close = async (): Promise<void> => {
    for (const end of endings.splice(0).toReversed()) await end();
  };
  try {
    const network = openNetwork();
    endings.push(() => network.close());
    const relay = await startRelay({
      listen: [addresses.relay[4], addresses.relay[6]],
      ports: relayPorts,
      // Documentation's networks are nobody's, so it would refuse them. What is behind the routers it does refuse.
      peersOfTest: ['203.0.113.0-203.0.113.255', '2001:db8:113::-2001:db8:113::ffff'],
      runner: ['ip', 'netns', 'exec', network.internet.name],
    });
    endings.push(() => relay.close());
    const certificate = makeTestCertificate();
    const product = await startProductProcess({
      PRACTICE_ORIGIN: `https://${names.practice}`,
      ROOM_ORIGIN: `https://${names.room}`,
      TURN_URLS: relayUrls().join(','),
      TURN_SECRET: relay.config.secret,
    });
    endings.push(() => product.close());
    const { ports } = product;
    const sites = [
      { host: names.practice, port: ports.practice },
      { host: names.room, port: ports.room },
    ];
    const entrance = await openEntrance(network.internet, { folder, certificate, sites });
    endings.push(() => entrance.close());
    const practice = await openPractice(product);
    const believed = [spkiHash(certificate.cert), relay.certificateHash].join(',');
    const openPeople = (family: Family = 4) =>
      openBoth(network, family, [
        `--ignore-certificate-errors-spki-list=${believed}`,
        `--use-file-for-fake-audio-capture=${sound}`,
      ]);
    return { network, product, relay, practice, openPeople, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openBoth(network: Network, family: Family, switches: string[]) {
  const rules = [
    `MAP ${names.practice} ${inUrl(addresses.web[family])}`,
    `MAP ${names.room} ${inUrl(addresses.web[family])}`,
  ];
  const people = await Promise.all(
    [network.practice, network.patient].map(async ({ name: namespace }) => {
      const person = await openPerson({
        namespace,
        // Without it a browser keeps its addresses to itself, behind names that only its own network can look up.
        permissions: ['camera', 'microphone'],
        switches: [...switches, `--host-resolver-rules=${rules.join(', ')}`],
      });
      await watch(person.context);
      return person;
    }),
  );
  const [doctor, patient] = people as [Person, Person];
  return { doctor, patient, close: async () => void (await Promise.all(people.map((one) => one.close()))) };
}

/** By its addresses: what stands in for DNS here is for pages only, and WebRTC would wait long for an answer. */
function relayUrls(): string[] {
  return ([4, 6] as const).flatMap((family) => {
    const host = inUrl(addresses.relay[family]);
    return [
      ...relayPorts.plain.flatMap((port) =>
        ['udp', 'tcp'].map((transport) => `turn:${host}:${port}?transport=${transport}`),
      ),
      ...relayPorts.tls.map((port) => `turns:${host}:${port}?transport=tcp`),
    ];
  });
}

function inUrl(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}

/** By which Chromium is told to believe a certificate that nobody has signed. */
function spkiHash(cert: string): string {
  const key = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(key).digest('base64');
}

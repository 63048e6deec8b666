import { generateKeyPairSync, sign } from 'node:crypto';

/** A self-signed certificate and its key; both as PEM. */
export type TestCertificate = { key: string; cert: string };

const tags = { integer: 2, bitString: 3, octetString: 4, oid: 6, utf8: 12, time: 24, sequence: 48, set: 49 };

export type TestCertificateOptions = {
  /** In place of `localhost` and `127.0.0.1`. */
  name?: string;
  /** Both count from now; else from a day ago until in a day. */
  fromMs?: number;
  untilMs?: number;
};

const dayMs = 86_400_000;

/** X.509 in its plainest form (RFC 5280), for `localhost` and `127.0.0.1`. */
export function makeTestCertificate(options: TestCertificateOptions = {}): TestCertificate {
  const { fromMs = -dayMs, untilMs = dayMs } = options;
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(oid('2a8648ce3d040302')); // ecdsa-with-SHA256
  const name = sequence(node(tags.set, sequence(oid('550403'), node(tags.utf8, Buffer.from('localhost')))));
  const body = sequence(
    node(0xa0, node(tags.integer, Buffer.of(2))), // version 3
    node(tags.integer, Buffer.of(1)),
    algorithm,
    name,
    sequence(time(Date.now() + fromMs), time(Date.now() + untilMs)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    node(0xa3, sequence(basicConstraints(), alternativeNames(options.name))),
  );
  const signature = sign('sha256', body, privateKey);
  const whole = sequence(body, algorithm, node(tags.bitString, Buffer.concat([Buffer.of(0), signature])));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
  };
}

function basicConstraints(): Buffer {
  const isAuthority = sequence(Buffer.from([1, 1, 255]));
  return sequence(oid('551d13'), node(tags.octetString, isAuthority));
}

function alternativeNames(name: string | undefined): Buffer {
  const usual = [node(0x82, Buffer.from('localhost')), node(0x87, Buffer.of(127, 0, 0, 1))];
  const names = sequence(...(name === undefined ? usual : [node(0x82, Buffer.from(name))]));
  return sequence(oid('551d11'), node(tags.octetString, names));
}

function time(moment: number): Buffer {
  const digits = new Date(moment).toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return node(tags.time, Buffer.from(digits));
}

function oid(hex: string): Buffer {
  return node(tags.oid, Buffer.from(hex, 'hex'));
}

function sequence(...parts: Buffer[]): Buffer {
  return node(tags.sequence, Buffer.concat(parts));
}

/** Tag, length, content (X.690, 8.1); the length in as few bytes as it goes, or browsers refuse it. */
function node(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 128) return Buffer.concat([Buffer.of(tag, length), content]);
  if (length < 256) return Buffer.concat([Buffer.of(tag, 0x81, length), content]);
  return Buffer.concat([Buffer.of(tag, 0x82, length >> 8, length & 255), content]);
}

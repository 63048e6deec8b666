import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

const userPresent = 0x01;
const hasCredential = 0x40;

/** A passkey as a browser would make and use it: ES256, no attestation (WebAuthn, sections 6 and 7). */
export class TestAuthenticator {
  readonly #origin: string;
  readonly #id = randomBytes(16);
  readonly #key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  counter = 0;

  constructor(origin: string) {
    this.#origin = origin;
  }

  get id(): string {
    return this.#id.toString('base64url');
  }

  /** The answer to `navigator.credentials.create`. */
  create(options: Record<string, unknown>): Record<string, unknown> {
    const length = Buffer.from([0, this.#id.length]);
    const credential = Buffer.concat([Buffer.alloc(16), length, this.#id, coseKey(this.#key.publicKey)]);
    const authData = Buffer.concat([this.#authenticatorData(userPresent | hasCredential), credential]);
    // CBOR: { fmt: 'none', attStmt: {}, authData }
    const attestation = Buffer.concat([
      Buffer.from([0xa3]),
      cborText('fmt'),
      cborText('none'),
      cborText('attStmt'),
      Buffer.from([0xa0]),
      cborText('authData'),
      cborBytes(authData),
    ]);
    return this.#answer({
      clientDataJSON: this.#clientData('webauthn.create', options).toString('base64url'),
      attestationObject: attestation.toString('base64url'),
      transports: ['internal'],
    });
  }

  /** The answer to `navigator.credentials.get`. */
  get(options: Record<string, unknown>): Record<string, unknown> {
    this.counter++;
    const clientData = this.#clientData('webauthn.get', options);
    const authData = this.#authenticatorData(userPresent);
    const signed = Buffer.concat([authData, createHash('sha256').update(clientData).digest()]);
    return this.#answer({
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: authData.toString('base64url'),
      signature: sign('sha256', signed, this.#key.privateKey).toString('base64url'),
    });
  }

  #answer(response: Record<string, unknown>): Record<string, unknown> {
    return { id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {}, response };
  }

  #clientData(type: string, options: Record<string, unknown>): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge: options['challenge'], origin: this.#origin }));
  }

  #authenticatorData(flags: number): Buffer {
    const data = Buffer.alloc(37);
    createHash('sha256').update(new URL(this.#origin).hostname).digest().copy(data);
    data.writeUInt8(flags, 32);
    data.writeUInt32BE(this.counter, 33);
    return data;
  }
}

/** CBOR: { 1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y } */
function coseKey(publicKey: KeyObject): Buffer {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const fixed = Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01]);
  const point = [x, y].map((coordinate) => cborBytes(Buffer.from(coordinate, 'base64url')));
  return Buffer.concat([fixed, Buffer.from([0x21]), point[0]!, Buffer.from([0x22]), point[1]!]);
}

function cborText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 | text.length]), Buffer.from(text)]);
}

function cborBytes(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x58, bytes.length]), bytes]);
}

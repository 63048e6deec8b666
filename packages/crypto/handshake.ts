import { type Bytes, concat, equalBytes, framed, randomBytes, sha256, utf8 } from './bytes.ts';
import { suite } from './seal.ts';
import { hkdf } from './secret.ts';
import { type Words, wordsFor } from './words.ts';

/**
 * The handshake of a code's two ends: an ephemeral ECDH P-256, authenticated with the code's psk. The shape is Noise's
 * NNpsk (https://noiseprotocol.org/noise.html) with a commitment in front, so that neither end nor anyone between can
 * choose its key share after seeing the other's: three short words then suffice to compare.
 *
 *     m0  host -> participant   c = H(eA | nA)
 *     m1  participant -> host   eP, nP, MAC[psk, transcript]
 *     m2  host -> participant   eA, nA, MAC[psk | DH(eP, eA), transcript]
 *
 * Everything either end did not expect is a HandshakeError, and there is no way on from it.
 */
const prologue = utf8(`sprechzimmer v1 handshake, suite ${suite}`);
const commitmentLength = 32;
const shareLength = 65; // an uncompressed P-256 point, SEC 1 section 2.3.3
const nonceLength = 16;
const macLength = 32;

export type HandshakeRole = 'host' | 'participant';

/** What both ends share afterwards. */
export type HandshakeResult = {
  /** AES-256-GCM key per direction. */
  hostToParticipant: Bytes;
  participantToHost: Bytes;
  words: Words;
  /** 32 bytes from which frame encryption can be keyed where the media path is not peer to peer. */
  mediaRoot: Bytes;
};

export class HandshakeError extends Error {
  override readonly name = 'HandshakeError';
  readonly code = 'handshake-failed';
}

/** One end's share; given only by tests with published vectors, else fresh for each handshake. */
export type Share = { keys: CryptoKeyPair; nonce: Bytes };

type Shares = { commitment: Bytes; participantShare: Bytes; participantNonce: Bytes };

/** The host's end. `m0` goes out at once. */
export async function beginAsHost(psk: Bytes, share?: Share) {
  const own = share ?? (await freshShare());
  const hostShare = await exportShare(own.keys.publicKey);
  const commitment = await sha256(framed(hostShare, own.nonce));

  /** Takes m1, gives m2. @throws HandshakeError */
  async function finish(m1: Bytes): Promise<{ m2: Bytes; result: HandshakeResult }> {
    const [participantShare, participantNonce, mac1] = split(m1, shareLength, nonceLength, macLength);
    const shares = { commitment, participantShare, participantNonce };
    if (!equalBytes(mac1, await firstMac(psk, shares))) throw new HandshakeError('m1 is not authentic');
    const shared = await agree(own.keys.privateKey, participantShare);
    const { result, mac2 } = await conclude(psk, shared, shares, mac1, hostShare, own.nonce);
    return { m2: concat(hostShare, own.nonce, mac2), result };
  }
  return { m0: commitment, finish };
}

/** The participant's end: takes m0, gives m1. @throws HandshakeError */
export async function beginAsParticipant(psk: Bytes, m0: Bytes, share?: Share) {
  const [commitment] = split(m0, commitmentLength);
  const own = share ?? (await freshShare());
  const participantShare = await exportShare(own.keys.publicKey);
  const shares = { commitment, participantShare, participantNonce: own.nonce };
  const mac1 = await firstMac(psk, shares);

  /** Takes m2. @throws HandshakeError */
  async function finish(m2: Bytes): Promise<HandshakeResult> {
    const [hostShare, hostNonce, mac2] = split(m2, shareLength, nonceLength, macLength);
    if (!equalBytes(commitment, await sha256(framed(hostShare, hostNonce)))) {
      throw new HandshakeError('the key share is not the one committed to');
    }
    const shared = await agree(own.keys.privateKey, hostShare);
    const { result, mac2: expected } = await conclude(psk, shared, shares, mac1, hostShare, hostNonce);
    if (!equalBytes(mac2, expected)) throw new HandshakeError('m2 is not authentic');
    return result;
  }
  return { m1: concat(participantShare, own.nonce, mac1), finish };
}

async function freshShare(): Promise<Share> {
  const keys = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits']);
  return { keys, nonce: randomBytes(nonceLength) };
}

async function exportShare(publicKey: CryptoKey): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.exportKey('raw', publicKey));
}

async function firstMac(psk: Bytes, shares: Shares): Promise<Bytes> {
  const transcript = framed(prologue, shares.commitment, shares.participantShare, shares.participantNonce);
  return hmac(await hkdf(psk, 'handshake m1', 32), transcript);
}

async function conclude(
  psk: Bytes,
  shared: Bytes,
  shares: Shares,
  mac1: Bytes,
  hostShare: Bytes,
  hostNonce: Bytes,
): Promise<{ result: HandshakeResult; mac2: Bytes }> {
  const { commitment, participantShare, participantNonce } = shares;
  const transcript = await sha256(
    framed(prologue, commitment, participantShare, participantNonce, mac1, hostShare, hostNonce),
  );
  const keyMaterial = concat(psk, shared);
  const derive = (info: string) => hkdf(keyMaterial, info, 32, transcript);
  const [macKey, hostToParticipant, participantToHost, wordBytes, mediaRoot] = await Promise.all([
    derive('handshake m2'),
    derive('host to participant'),
    derive('participant to host'),
    derive('words'),
    derive('media'),
  ]);
  const result = { hostToParticipant, participantToHost, words: wordsFor(wordBytes), mediaRoot };
  return { result, mac2: await hmac(macKey, transcript) };
}

/** @throws HandshakeError when the share is no point on the curve */
async function agree(privateKey: CryptoKey, peerShare: Bytes): Promise<Bytes> {
  try {
    const curve = { name: 'ECDH', namedCurve: 'P-256' };
    const peer = await crypto.subtle.importKey('raw', peerShare, curve, false, []);
    return new Uint8Array(await crypto.subtle.deriveBits({ name: 'ECDH', public: peer }, privateKey, 256));
  } catch (cause) {
    throw new HandshakeError('the key share is no P-256 point', { cause });
  }
}

async function hmac(key: Bytes, message: Bytes): Promise<Bytes> {
  const parameters = { name: 'HMAC', hash: 'SHA-256' };
  const macKey = await crypto.subtle.importKey('raw', key, parameters, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', macKey, message));
}

function split<Lengths extends number[]>(
  message: Bytes,
  ...lengths: Lengths
): { [Index in keyof Lengths]: Bytes } {
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (message.length !== total) throw new HandshakeError(`${message.length} bytes instead of ${total}`);
  let offset = 0;
  const parts = lengths.map((length) => message.slice(offset, (offset += length)));
  return parts as { [Index in keyof Lengths]: Bytes };
}

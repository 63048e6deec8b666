import { type Bytes, concat, framed, uint32, utf8 } from './bytes.ts';
import type { HandshakeResult, HandshakeRole } from './handshake.ts';
import { OpenError, sealingKey, suite } from './seal.ts';

/** One direction carries at most this many records: far below AES-GCM's bound for one key (NIST SP 800-38D). */
const maxRecords = 2 ** 32 - 1;

export type RecordChannel = {
  /** Seals the next record. Records must be sent in the order of the calls. */
  seal(plaintext: Bytes): Promise<Bytes>;
  /**
   * Opens the next record. One that was changed, left out, repeated, reordered or sent back does not open.
   * @throws OpenError
   */
  open(record: Bytes): Promise<Bytes>;
};

/**
 * The sealed channel after a handshake: AES-256-GCM, one key per direction, the nonce a counter that is never sent. So
 * a record opens only at its own place in its own direction.
 */
export async function openRecordChannel(
  result: HandshakeResult,
  role: HandshakeRole,
): Promise<RecordChannel> {
  const [host, participant] = await Promise.all([
    sealingKey(result.hostToParticipant),
    sealingKey(result.participantToHost),
  ]);
  const sending = role === 'host' ? host : participant;
  const receiving = role === 'host' ? participant : host;
  const receivingFrom: HandshakeRole = role === 'host' ? 'participant' : 'host';
  let sent = 0;
  let received = 0;

  return {
    async seal(plaintext) {
      const parameters = recordParameters(role, sent++);
      return new Uint8Array(await crypto.subtle.encrypt(parameters, sending, plaintext));
    },
    async open(record) {
      const parameters = recordParameters(receivingFrom, received++);
      try {
        return new Uint8Array(await crypto.subtle.decrypt(parameters, receiving, record));
      } catch (cause) {
        throw new OpenError('a record is not authentic, or not at its place', { cause });
      }
    },
  };
}

function recordParameters(sender: HandshakeRole, counter: number): AesGcmParams {
  if (counter > maxRecords) throw new OpenError('too many records under one key');
  const iv = concat(new Uint8Array(8), uint32(counter));
  return {
    name: 'AES-GCM',
    iv,
    additionalData: framed(Uint8Array.of(suite), utf8(`record of ${sender}`), iv),
  };
}

import { type Bytes, concat, uint32 } from '@sprechzimmer/crypto/bytes.ts';

/** A binary frame for the blind relay: the connection's number, then what only the other end can read. */
export function relayFrame(connection: number, payload: Bytes): Bytes {
  return concat(uint32(connection), payload);
}

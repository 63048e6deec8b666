import { type Bytes, concat, sha256, utf8 } from '@sprechzimmer/crypto/bytes.ts';

const label = utf8('sprechzimmer v1 file');

/**
 * The hash of a file's whole content, of which no more than one block is ever in memory: Web Crypto hashes nothing piece
 * by piece, so it is the hash of the hashes of its blocks and of its length.
 */
export class ContentHash {
  #size = 0;
  #blocks: Bytes[] = [];

  async add(block: Bytes): Promise<void> {
    this.#size += block.length;
    this.#blocks.push(await sha256(block));
  }

  async finish(): Promise<Bytes> {
    const size = new Uint8Array(8);
    new DataView(size.buffer).setBigUint64(0, BigInt(this.#size));
    return sha256(concat(label, size, ...this.#blocks));
  }
}

/** Why a connection is called not secure. Each ends it for good; there is no way round. */
export type InsecureReason =
  | 'handshake' // a handshake message was wrong
  | 'record' // a sealed message was changed, repeated, reordered or left out
  | 'fingerprint' // a description without exactly one strong fingerprint
  | 'certificate' // the other side's certificate is not the one it named
  | 'version' // a version or suite that we do not speak
  | 'withheld' // the server said that the other side is there, and withheld its messages
  | 'words'; // people compared their words, and they were not the same

export class InsecureError extends Error {
  override readonly name = 'InsecureError';
  readonly code: InsecureReason;

  constructor(code: InsecureReason, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}

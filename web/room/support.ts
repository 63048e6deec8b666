/** What a browser lacks for a video consultation; the first of them decides what the page says. */
export type Lack = 'insecure-address' | 'too-old' | 'camera-access' | 'connections' | 'cryptography';

/** @returns undefined when everything needed is there */
export function findLack(page: typeof globalThis = globalThis): Lack | undefined {
  if (!page.isSecureContext) return 'insecure-address';
  if (!('at' in page.Array.prototype) || !('hasOwn' in page.Object)) return 'too-old';
  if (!('subtle' in page.crypto)) return 'cryptography';
  // Missing inside many apps' own browsers, such as those of mail programs.
  if (!('mediaDevices' in page.navigator)) return 'camera-access';
  if (!('RTCPeerConnection' in page) || !('RTCDataChannel' in page)) return 'connections';
  return undefined;
}

/**
 * A relayed candidate may name, as its related address, the very one that the relay is to hide (RFC 8839, 5.1).
 * Chromium and Firefox leave it out by themselves; that it stays out is not to depend on the browser.
 *
 * @param text a description or a candidate
 */
export function withoutRelatedAddress(text: string): string {
  return text.replaceAll(/ raddr (\S+) rport \d+/g, (_, address: string) =>
    address.includes(':') ? ' raddr :: rport 0' : ' raddr 0.0.0.0 rport 0',
  );
}

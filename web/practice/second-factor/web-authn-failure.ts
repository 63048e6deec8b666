/** The browser's own refusals: cancelled, timed out, no such passkey. */
export function isWebAuthnFailure(error: unknown): boolean {
  return error instanceof Error && ['WebAuthnError', 'NotAllowedError', 'AbortError'].includes(error.name);
}

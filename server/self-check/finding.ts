/** One line of the self-check: what was looked at, what came out, and, unless it is well, what to do. */
export type Finding = { status: Status; about: string; text: string };
/** skipped: it is not set, or cannot be looked at. */
export type Status = 'ok' | 'warning' | 'failed' | 'skipped';

export function finding(status: Status, about: string, text: string): Finding {
  return { status, about, text };
}

/** How far this clock and another may be apart, in milliseconds: TURN's credentials and signatures go by it. */
export function clockFinding(about: string, aheadMs: number, whose: string): Finding {
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  if (seconds <= 2) return finding('ok', about, `the clock of ${whose} agrees with this machine’s`);
  const text = `the clock of ${whose} is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} this machine’s: run NTP on both (timedatectl set-ntp true)`;
  return finding(seconds > 30 ? 'failed' : 'warning', about, text);
}

/** In words that hold no secret: of an error with a code, the code and what is known of it. */
export function describeFailure(error: unknown): string {
  if (error instanceof AggregateError) return describeFailure(error.errors[0]);
  if (!(error instanceof Error)) return 'it failed for no reason that was given';
  const { code } = error as NodeJS.ErrnoException;
  const known = code === undefined ? undefined : reasons[code];
  if (known) return known;
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return reasons['ETIMEDOUT']!;
  return error.message;
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there (connection refused): is it running, and are host and port right?',
  ECONNRESET: 'the other side hung up (connection reset)',
  EHOSTUNREACH: 'there is no route to it: is the network or a firewall in between right?',
  ENETUNREACH: 'there is no route to it: is the network right?',
  ENOTFOUND: 'its name is not known to DNS: is it spelled right?',
  EAI_AGAIN: 'DNS does not answer: is this machine’s resolver right?',
  ENOENT: 'there is no such socket',
  EPIPE: 'the other side hung up',
  ETIMEDOUT: 'it did not answer in time: is a firewall in between?',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  CERT_HAS_EXPIRED: 'its certificate has expired: renew it',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself, which nobody trusts',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate comes from an authority that this machine does not trust',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'its certificate comes from an authority that this machine does not trust, or its chain is not sent whole',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate’s chain is not sent whole: use the full chain',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet: is this machine’s clock right?',
};

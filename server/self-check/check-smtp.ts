import type { SmtpConfig } from '../http/delivery-settings.ts';
import { openMailConnection } from '../mail/smtp-connection.ts';
import { smtpAuth, smtpOptions } from '../mail/smtp-options.ts';
import { describeFailure, finding, type Finding } from './finding.ts';

const about = 'mail server';

/** Connects as the server does, with TLS and sign-in, and says goodbye before any sender is named. */
export async function checkSmtp(smtp: SmtpConfig, signal: AbortSignal): Promise<Finding[]> {
  const options = {
    ...smtpOptions(smtp),
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    dnsTimeout: 5_000,
  };
  const auth = smtpAuth(smtp);
  try {
    const connection = await openMailConnection(options, auth, signal);
    connection.close();
  } catch (error) {
    return [finding('failed', about, `${explain(error)}. See SMTP_URL`)];
  }
  const how = smtp.tls === 'off' ? 'without TLS, as SMTP_TLS says' : 'TLS and certificate are right';
  const who = auth ? 'name and password are taken' : 'nobody signs in';
  return [finding('ok', about, `takes connections; ${how}; ${who}. No mail was sent`)];
}

function explain(error: unknown): string {
  const { code, responseCode, message } = error as { code?: string; responseCode?: number; message: string };
  if (code === 'EAUTH') return `refuses name or password (${responseCode ?? 'no code'})`;
  const inner = wrapped.find(([words]) => words.test(message))?.[1];
  if (inner !== undefined) return `no safe connection: ${describeFailure(withCode(inner))}`;
  if (code === 'ETLS') return 'offers no TLS, without which nothing is sent';
  if (responseCode !== undefined) return `refuses the connection (${responseCode})`;
  // The library's own codes say less than the system's, which stand in the message.
  const system = /\b(ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|ETIMEDOUT)\b/.exec(
    message,
  )?.[1];
  return describeFailure(system === undefined ? error : withCode(system));
}

/** The library keeps of TLS' errors the message only. */
const wrapped: [RegExp, string][] = [
  [/altnames/, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  [/certificate has expired/, 'CERT_HAS_EXPIRED'],
  [/certificate is not yet valid/, 'CERT_NOT_YET_VALID'],
  [/self-signed certificate in/, 'SELF_SIGNED_CERT_IN_CHAIN'],
  [/self-signed certificate/, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  [/unable to get local issuer/, 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
  [/unable to verify the first/, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
];

function withCode(code: string): Error {
  return Object.assign(new Error(code), { code });
}

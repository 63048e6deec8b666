import type { SMTPConnectionAuth, SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import type { SmtpConfig } from '../http/delivery-settings.ts';

/**
 * How the operator's mail server is spoken to: over TLS with a certificate that is checked, or not at all. Only a mail
 * server on this very machine may be spoken to without, and only when the operator says so.
 */
export function smtpOptions({ url, tls, ca }: SmtpConfig): SMTPConnectionOptions {
  const { protocol, hostname, port } = new URL(url);
  const secure = protocol === 'smtps:';
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    ...(tls === 'off' ? { ignoreTLS: true } : { requireTLS: true }),
    tls: { minVersion: 'TLSv1.2', ...(ca && { ca }) },
  };
}

/** Name and password of the settings' address; undefined without. */
export function smtpAuth({ url }: SmtpConfig): SMTPConnectionAuth | undefined {
  const { username, password } = new URL(url);
  if (!username) return undefined;
  return { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
}

import type { Settings } from './settings.ts';

export type SmtpConfig = {
  /** `smtps:` speaks TLS from the start, `smtp:` turns to it before anything is said. */
  url: string;
  from: string;
  /** off: not even asked for, which only a mail server on this very machine may do without. */
  tls: 'required' | 'off';
  /** Certificates to trust instead of the usual ones, as PEM; tests set it. */
  ca?: string;
};

/** How messages leave this server, and how what becomes of them is heard. */
export type DeliveryConfig = {
  /** The mail server, and the address that mail comes from; without it no mail is sent. */
  smtp: SmtpConfig | undefined;
  /** Where this process takes in the mail that came back. */
  bounce: { domain: string; host: string; port: number } | undefined;
  /** The operator's SMS gateway; without it no SMS is sent. */
  sms: { url: string; token: string } | undefined;
  /** Seals what waits to be sent, 32 bytes; undefined: one of its own, kept in the data folder. */
  serverKey: Buffer | undefined;
};

export function readDeliverySettings(settings: Settings): DeliveryConfig {
  settings.together('SMTP_URL', 'SMTP_FROM');
  settings.together('SMTP_BOUNCE_DOMAIN', 'BOUNCE_PORT');
  settings.together('SMS_URL', 'SMS_TOKEN');
  const serverKey = settings.read(
    'SERVER_KEY',
    undefined,
    '32 bytes as base64url, or as 64 hexadecimal digits',
    parseKey,
  );
  const smtp = readSmtp(settings);
  const sms = readSms(settings);
  if ((smtp || sms) && settings.isSet('DATABASE_URL') && !settings.isSet('SERVER_KEY')) {
    const expected = 'a key that all servers on this database share, such as `openssl rand -hex 32` makes';
    settings.mistake('SERVER_KEY', 'nothing', expected);
  }
  return { smtp, sms, bounce: readBounce(settings), serverKey };
}

function readSmtp(settings: Settings): SmtpConfig | undefined {
  const address = 'an address such as smtps://user:password@mail.example.org, with nothing after the port';
  const url = settings.read('SMTP_URL', undefined, address, parseSmtpUrl);
  const sender = 'a sender such as Sprechzimmer <post@example.org>';
  const from = settings.read('SMTP_FROM', undefined, sender, parseSender);
  const tls = settings.read('SMTP_TLS', 'required', 'required or off', parseTls);
  if (!url || !from) return undefined;
  if (tls === 'off' && (!isLoopback(url) || url.startsWith('smtps:'))) {
    settings.mistake('SMTP_TLS', '"off"', 'required, unless SMTP_URL is smtp:// to this very machine');
  }
  return { url, from, tls };
}

function readBounce(settings: Settings): DeliveryConfig['bounce'] {
  const domain = settings.read(
    'SMTP_BOUNCE_DOMAIN',
    undefined,
    'a domain such as bounce.example.org',
    parseDomain,
  );
  const port = settings.read('BOUNCE_PORT', undefined, 'a port number from 1 to 65535', parsePort);
  const host = settings.read('BOUNCE_HOST', '127.0.0.1', 'a host name or an IP address', parseHost);
  return domain && port ? { domain, host, port } : undefined;
}

function readSms(settings: Settings): DeliveryConfig['sms'] {
  const address = 'an address such as https://sms.example.org/send (http for this very machine only)';
  const url = settings.read('SMS_URL', undefined, address, parseSmsUrl);
  const token = settings.read('SMS_TOKEN', undefined, 'a token without blanks', parseToken);
  return url && token ? { url, token } : undefined;
}

export function parsePort(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}

export function parseHost(text: string): string | undefined {
  return /^[A-Za-z0-9.:_-]+$/.test(text) ? text : undefined;
}

function parseKey(text: string): Buffer | undefined {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  return /^[A-Za-z0-9_-]{43}$/.test(text) ? Buffer.from(text, 'base64url') : undefined;
}

function parseSmtpUrl(text: string): string | undefined {
  const url = URL.parse(text);
  if (!url?.hostname || !['smtp:', 'smtps:'].includes(url.protocol)) return undefined;
  // Options there could turn off what protects: they are not read, so they are not taken.
  return url.search || url.hash || !['', '/'].includes(url.pathname) ? undefined : text;
}

function parseTls(text: string): SmtpConfig['tls'] | undefined {
  return text === 'required' || text === 'off' ? text : undefined;
}

/** An address, or a name and an address in angle brackets. */
function parseSender(text: string): string | undefined {
  const address = String.raw`[^\s@<>,;"]+@[^\s@<>,;"]+`;
  return new RegExp(`^(${address}|[^<>\\r\\n]+ <${address}>)$`).test(text) ? text : undefined;
}

function parseDomain(text: string): string | undefined {
  return /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z0-9]$/i.test(text)
    ? text.toLowerCase()
    : undefined;
}

function parseSmsUrl(text: string): string | undefined {
  const url = URL.parse(text);
  if (!url || url.username || url.hash) return undefined;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(text)) ? text : undefined;
}

function parseToken(text: string): string | undefined {
  return /^[\x21-\x7e]{1,1000}$/.test(text) ? text : undefined;
}

function isLoopback(address: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(URL.parse(address)?.hostname ?? '');
}

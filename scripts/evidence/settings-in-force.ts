import type { Config } from '../../server/http/config.ts';
import type { Table } from './page.ts';

const unset = 'nicht gesetzt';
const secret = (value: unknown): string => (value === undefined ? unset : 'gesetzt (wird nicht gezeigt)');
const shown = (value: string | number | undefined): string => (value === undefined ? unset : String(value));

/** How each setting is shown; what may hold a secret, only by whether it is there. */
const settings: Record<string, (config: Config) => string> = {
  PRACTICE_ORIGIN: ({ practiceOrigin }) => practiceOrigin,
  ROOM_ORIGIN: ({ roomOrigin }) => roomOrigin,
  LISTEN_HOST: ({ listenHost }) => listenHost,
  PRACTICE_PORT: ({ practicePort }) => String(practicePort),
  ROOM_PORT: ({ roomPort }) => String(roomPort),
  TRUST_PROXY: ({ trustProxy }) => (trustProxy ? 'ja' : 'nein'),
  DATABASE_URL: ({ databaseUrl }) =>
    databaseUrl === undefined ? `${unset}: eingebaute Datenbank` : secret(databaseUrl),
  REDIS_URL: ({ redisUrl }) => (redisUrl === undefined ? `${unset}: ein einziger Server` : secret(redisUrl)),
  DATA_DIR: ({ dataDir, databaseUrl }) => (databaseUrl === undefined ? dataDir : 'unbenutzt'),
  SERVER_KEY: ({ serverKey }) =>
    serverKey === undefined ? `${unset}: ein eigener im Datenordner` : secret(serverKey),
  TURN_URLS: ({ relay }) => (relay ? relay.urls.join('\n') : `${unset}: nur direkte Verbindungen`),
  TURN_SECRET: ({ relay }) => secret(relay?.secret),
  TURN_CREDENTIAL_MINUTES: ({ relay }) => shown(relay?.credentialMinutes),
  STUN_URLS: ({ stunUrls }) => (stunUrls.length > 0 ? stunUrls.join('\n') : unset),
  SMTP_URL: ({ smtp }) => secret(smtp?.url),
  SMTP_FROM: ({ smtp }) => shown(smtp?.from),
  SMTP_TLS: ({ smtp }) =>
    shown(smtp && (smtp.tls === 'required' ? 'verlangt' : 'aus, nur zu dieser Maschine')),
  SMTP_BOUNCE_DOMAIN: ({ bounce }) => shown(bounce?.domain),
  BOUNCE_HOST: ({ bounce }) => shown(bounce?.host),
  BOUNCE_PORT: ({ bounce }) => shown(bounce?.port),
  SMS_URL: ({ sms }) => secret(sms?.url),
  SMS_TOKEN: ({ sms }) => secret(sms?.token),
  PAGES_DIR: ({ pagesDir }) => shown(pagesDir),
  RETENTION_MAX_DAYS: ({ retentionMaxDays }) => `${retentionMaxDays} Tage`,
  CODES_OPEN_FROM: ({ codeHours }) => codeHours.from,
  CODES_OPEN_UNTIL: ({ codeHours }) => codeHours.until,
  METRICS_HOST: ({ metrics }) => shown(metrics?.host),
  METRICS_PORT: ({ metrics }) => shown(metrics?.port),
  DRAIN_SECONDS: ({ drainSeconds }) => String(drainSeconds),
  LOG_LEVEL: ({ logLevel }) => logLevel,
};

export const shownSettings: string[] = Object.keys(settings);

/** The settings that a server with this configuration runs with, without a secret. */
export function settingsInForce(config: Config): Table {
  return {
    caption: 'Einstellungen, mit denen dieser Server läuft (docs/settings.md erklärt sie)',
    head: ['Schlüssel', 'Wert'],
    rows: Object.entries(settings).map(([key, show]) => [key, show(config)]),
  };
}

/** Whom the server itself turns to, because the operator said so: none of them is the product's own choice. */
export function chosenServices({ smtp, sms, relay, stunUrls, databaseUrl, redisUrl }: Config): Table {
  const rows = [
    [
      'Datenbank',
      databaseUrl === undefined ? 'eingebaut, auf dieser Maschine' : 'PostgreSQL des Betreibers',
      'Konten, Chiffrate',
    ],
    [
      'Valkey oder Redis',
      redisUrl === undefined ? 'keiner' : 'des Betreibers',
      'Vermittlung, nichts auf Dauer',
    ],
    ['Relais', relay ? hostsOf(relay.urls) : 'keines', 'verschlüsselte Pakete, Adressen'],
    ['STUN', stunUrls.length > 0 ? hostsOf(stunUrls) : 'keines', 'Adresse des Browsers'],
    [
      'Mailserver',
      smtp ? (URL.parse(smtp.url)?.hostname ?? 'gesetzt') : 'keiner',
      'Empfänger und Text, den die Praxis senden lässt',
    ],
    [
      'SMS-Dienst',
      sms ? (URL.parse(sms.url)?.hostname ?? 'gesetzt') : 'keiner',
      'Nummer und Text, den die Praxis senden lässt',
    ],
  ];
  return {
    caption: 'Dienste, die der Betreiber in den Einstellungen gewählt hat',
    head: ['Dienst', 'Welcher', 'Was er sieht'],
    rows,
  };
}

function hostsOf(urls: string[]): string {
  return [...new Set(urls.map((url) => url.replace(/^\w+:/, '').replace(/(:\d+)?(\?.*)?$/, '')))].join(', ');
}

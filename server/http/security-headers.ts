import type { Config } from './config.ts';

export type App = 'practice' | 'room';

/** Features that a page must ask for here; the rest of the platform's list stays off for both apps. */
const grantedFeatures: Record<App, string[]> = {
  practice: ['clipboard-write', 'publickey-credentials-create', 'publickey-credentials-get'],
  room: [
    'autoplay',
    'camera',
    'clipboard-write',
    'display-capture',
    'fullscreen',
    'microphone',
    'picture-in-picture',
    'screen-wake-lock',
    'speaker-selection',
  ],
};

const features = [
  'accelerometer',
  'autoplay',
  'camera',
  'clipboard-read',
  'clipboard-write',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'otp-credentials',
  'payment',
  'picture-in-picture',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'speaker-selection',
  'storage-access',
  'usb',
  'window-management',
  'xr-spatial-tracking',
];

/** Sent with every answer of an app's origin, whatever it is. */
export function securityHeaders(app: App, config: Pick<Config, 'practiceOrigin' | 'roomOrigin'>) {
  const origin = app === 'practice' ? config.practiceOrigin : config.roomOrigin;
  return {
    'content-security-policy': contentSecurityPolicy(app, config),
    'permissions-policy': permissionsPolicy(app),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    // No Origin-Agent-Cluster: Chromium ends a window that has a process of its own without closing its peer connections, and
    // whoever is in the consultation would wait for it instead of being told.
    // The practice app opens the room window and talks to it, so neither may cut that tie.
    'cross-origin-opener-policy': app === 'practice' ? 'same-origin-allow-popups' : 'unsafe-none',
    ...(origin.startsWith('https:') && {
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
    }),
  };
}

/**
 * Of a worker that computes with WebAssembly: a worker has the policy that its own script came with, so the page beside it
 * keeps the stricter one. It may load from its own server and nothing else.
 */
export const wasmWorkerPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** Of a page that is only read: it has no script, shows pictures of its own server, and sends nothing. */
export const readingPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

function contentSecurityPolicy(app: App, config: Pick<Config, 'roomOrigin'>): string {
  // Safari before 15.4 does not count ws: of the own host among 'self'.
  const sockets = app === 'room' ? ` ${config.roomOrigin.replace(/^http/, 'ws')}` : '';
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    `connect-src 'self'${sockets}`,
    "media-src 'self' blob:",
    "font-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    // The room's one policy names the one worker, and nothing else can be named with it.
    `trusted-types ${app === 'room' ? 'blur-worker' : "'none'"}`,
  ].join('; ');
}

function permissionsPolicy(app: App): string {
  const granted = grantedFeatures[app];
  return features.map((feature) => `${feature}=${granted.includes(feature) ? '(self)' : '()'}`).join(', ');
}

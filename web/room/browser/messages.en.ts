import type { BrowserMessages } from './messages.ts';

export const english = {
  names: {
    chrome: 'Chrome',
    edge: 'Edge',
    samsung: 'Samsung Internet',
    opera: 'Opera',
    firefox: 'Firefox',
    safari: 'Safari',
  },
  title: 'This browser cannot be used here',
  lack: {
    inside: (program) =>
      program
        ? `This page is open inside ${program}, which cannot do video calls. Open it in your browser:`
        : 'This page is open inside a program that allows no video calls, such as a mail program. Open it in your browser:',
    'too-old': (name) => `${name} is too old for video calls.`,
    connections:
      'Video calls are switched off in this browser. Please use another one: Chrome, Edge, Firefox or Safari.',
    cryptography:
      'This browser does not know the encryption that we need. Please use a newer one: Chrome, Edge, Firefox or Safari.',
    'camera-access':
      'This browser does not give access to camera and microphone. Please use another one: Chrome, Edge, Firefox or Safari.',
    'insecure-address':
      'This address is not secured. Please open the link from your invitation: it begins with “https”.',
  },
  update: {
    ios: 'Open the “Settings” app, then “General” and “Software Update”. This updates Safari.',
    macos:
      'Open “System Settings”, then “General” and “Software Update”. Or use a current Firefox or Chrome.',
    android: 'Open the Play Store, search for “Chrome” and tap “Update”.',
    windows: 'Open the browser’s menu at the top right, then “Help” and “About”: it updates itself there.',
    other: 'Update the browser, or use a current Firefox or Chrome.',
  },
  otherDevice: 'If that is not possible, take a newer device, such as another phone.',
  copyLink: 'Copy link',
  copied: 'Copied. Now paste the link into the address line of the other browser.',
  copyFailed: 'Copying did not work. Enter this code in the other browser:',
  yourCode: 'Your code for the other browser:',
  orCall: 'Or call your practice.',
  leave: {
    ios: ['Tap the compass or the three dots at the edge.', 'Choose “Open in Safari” or “Open in browser”.'],
    android: ['Tap the three dots at the top right.', 'Choose “Open in Chrome” or “Open in browser”.'],
    other: ['Copy the link.', 'Open Chrome, Edge, Firefox or Safari and paste it into the address line.'],
  },
  leaveItem: { ios: 'Open in Safari', android: 'Open in Chrome', other: 'Paste' },
  orCopy: 'You cannot find that? Then copy the link and paste it into the browser.',
  insideHint: (program) =>
    `This page is open inside ${program || 'another program'}. It works here, too. If the connection breaks, open it in your browser instead.`,
  showHow: 'How to do it',
  devices: { camera: 'Camera', microphone: 'Microphone' },
  thing: { camera: 'the camera', microphone: 'the microphone', both: 'camera and microphone' },
  allow: 'Allow',
  steps: {
    chromium: (thing) => [
      'Click the sign with two sliders or a lock, left of the address.',
      `Switch on ${thing}. This page then goes on by itself.`,
    ],
    chromiumAndroid: (thing) => [
      'Tap the sign with two sliders or a lock, left of the address.',
      'Tap “Permissions”.',
      `Switch on ${thing}. This page then goes on by itself.`,
    ],
    firefox: (thing) => [
      'Click the crossed-out sign, left of the address.',
      'Remove the block with the small cross.',
      `Choose “Try again” here and allow ${thing}.`,
    ],
    firefoxAndroid: (thing) => [
      'Tap the lock, left of the address.',
      `Tap “Blocked” until it says “Allowed”: ${thing}.`,
    ],
    safariMac: (thing) => [
      'Open the “Safari” menu at the top of the screen and in it “Settings for” this website.',
      `Choose “Allow” for ${thing}.`,
    ],
    safariIos: (thing) => [
      'Tap the sign for the page’s settings, beside the address.',
      'Tap “Website Settings”. It may be behind the three dots.',
      `Choose “Allow” for ${thing}.`,
    ],
  },
  pageSettings: 'Website Settings',
  permissions: 'Permissions',
  blocked: 'Blocked',
  settingsFor: 'Settings for this website …',
  systemTitle: {
    windows: 'Still not? Perhaps Windows blocks the access.',
    macos: 'Still not? Perhaps the Mac blocks the access.',
    android: 'Still not? Perhaps the phone blocks the access.',
    ios: 'Still not? Perhaps the phone blocks the access.',
  },
  systemFirst: 'The browser is allowed to, but the device itself blocks the access.',
  system: {
    windows: (thing) => [
      'Open “Settings” from the start menu, then “Privacy & security”.',
      `Open ${thing} there and switch the access on, for desktop apps, too.`,
    ],
    macos: (thing, browser) => [
      'Open “System Settings” from the Apple menu, then “Privacy & Security”.',
      `Open ${thing} there and switch ${browser} on. Then restart ${browser}.`,
    ],
    android: (thing, browser) => [
      `Open the phone’s “Settings”, then “Apps” and “${browser}”.`,
      `Tap “Permissions” and allow ${thing}.`,
    ],
    ios: (thing, browser) => [
      `Open the “Settings” app, then “Apps” and “${browser}”.`,
      `Allow ${thing} there.`,
    ],
  },
  privacy: { windows: 'Privacy & security', macos: 'Privacy & Security' },
} satisfies BrowserMessages;

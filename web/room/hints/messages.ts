import { catalogue } from '@sprechzimmer/design/i18n.ts';
import type { Hint } from '@sprechzimmer/protocol/side-message.ts';

/** Prepared sentences: each page says them in its own language. */
const german = {
  from: 'Ihre Praxis bittet Sie:',
  understood: 'Verstanden',
  sentences: {
    unmute: 'Bitte schalten Sie Ihr Mikrofon ein.',
    'allow-microphone': 'Bitte erlauben Sie das Mikrofon.',
    'allow-camera': 'Bitte erlauben Sie die Kamera.',
    'other-browser': 'Bitte öffnen Sie diese Seite in Safari, Chrome oder Firefox.',
    'better-line': 'Bitte gehen Sie näher an Ihren WLAN-Router.',
    'speak-louder': 'Bitte sprechen Sie lauter. Wir hören Sie nicht.',
    'turn-device': 'Bitte drehen Sie Ihr Gerät zur Seite. Ihr Bild liegt quer.',
    'one-moment': 'Einen Moment bitte. Wir kommen gleich zu Ihnen.',
    'we-telephone': 'Wir rufen Sie an. Bitte gehen Sie ans Telefon.',
  } satisfies Record<Hint, string>,
  send: (sentence: string) => `„${sentence}“ zeigen`,
  others: 'Hinweis zeigen',
  sent: (sentence: string) => `Gesendet: ${sentence}`,
  shown: (sentence: string) => `Wird angezeigt: ${sentence}`,
  notSent: 'Der Hinweis kam nicht an. Die Verbindung ist gerade weg. Versuchen Sie es gleich noch einmal.',
  takeBack: 'Zurücknehmen',
};

const english = {
  from: 'Your practice asks you:',
  understood: 'Understood',
  sentences: {
    unmute: 'Please switch your microphone on.',
    'allow-microphone': 'Please allow the microphone.',
    'allow-camera': 'Please allow the camera.',
    'other-browser': 'Please open this page in Safari, Chrome or Firefox.',
    'better-line': 'Please move closer to your Wi-Fi router.',
    'speak-louder': 'Please speak louder. We cannot hear you.',
    'turn-device': 'Please turn your device sideways. Your picture lies on its side.',
    'one-moment': 'One moment please. We will be with you soon.',
    'we-telephone': 'We will call you. Please answer the telephone.',
  },
  send: (sentence) => `Show “${sentence}”`,
  others: 'Show a hint',
  sent: (sentence) => `Sent: ${sentence}`,
  shown: (sentence) => `On their screen: ${sentence}`,
  notSent: 'The hint did not arrive. The connection is gone at the moment. Please try again in a moment.',
  takeBack: 'Take it back',
} satisfies typeof german;

export const messages = catalogue(german, english);

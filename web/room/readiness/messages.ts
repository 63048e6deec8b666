import { catalogue } from '@sprechzimmer/design/i18n.ts';

/** The practice sees in a word what is wrong with somebody who waits. */
const german = {
  ready: 'Bereit',
  troubles: {
    'microphone-blocked': 'Mikrofon gesperrt',
    'microphone-missing': 'Mikrofon fehlt',
    'microphone-busy': 'Mikrofon belegt',
    'microphone-off': 'Mikrofon aus',
    'microphone-silent': 'Noch kein Ton gehört',
    'camera-blocked': 'Kamera gesperrt',
    'camera-missing': 'Kamera fehlt',
    'camera-busy': 'Kamera belegt',
    'camera-off': 'Kamera aus',
    'line-weak': 'Leitung schwach',
    'in-app': 'Im Mail- oder Chatprogramm geöffnet',
    'picture-small': 'Bild klein',
  },
};

const english = {
  ready: 'Ready',
  troubles: {
    'microphone-blocked': 'Microphone blocked',
    'microphone-missing': 'Microphone missing',
    'microphone-busy': 'Microphone in use',
    'microphone-off': 'Microphone off',
    'microphone-silent': 'No sound heard yet',
    'camera-blocked': 'Camera blocked',
    'camera-missing': 'Camera missing',
    'camera-busy': 'Camera in use',
    'camera-off': 'Camera off',
    'line-weak': 'Weak line',
    'in-app': 'Opened in a mail or chat program',
    'picture-small': 'Small picture',
  },
} satisfies typeof german;

export const messages = catalogue(german, english);

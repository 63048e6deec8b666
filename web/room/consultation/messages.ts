import { catalogue } from '@sprechzimmer/design/i18n.ts';

/** The consultation's window: its bar, menu and panels. */
const german = {
  more: 'Mehr',
  closePanel: 'Schließen',
  showHint: 'Hinweis zeigen',
  notLoaded:
    'Das konnte gerade nicht geladen werden. Das Gespräch geht weiter. Versuchen Sie es gleich noch einmal.',
  unseen: (count: number) => `${count} neu`,
  quality: { good: 'gut', fair: 'ausreichend', weak: 'schwach', lost: 'unterbrochen' },
  ownTools: { devices: 'Kamera und Mikrofon wählen' },
  devices: 'Kamera und Ton',
  full: 'Vollbild',
  notFull: 'Vollbild verlassen',
  onTop: 'Im Vordergrund halten',
  notOnTop: 'Nicht mehr im Vordergrund',
  keys: 'Tasten',
};

const english = {
  more: 'More',
  closePanel: 'Close',
  showHint: 'Show a hint',
  notLoaded: 'This could not be loaded just now. The conversation goes on. Please try again in a moment.',
  unseen: (count) => `${count} new`,
  quality: { good: 'good', fair: 'fair', weak: 'weak', lost: 'interrupted' },
  ownTools: { devices: 'Choose camera and microphone' },
  devices: 'Camera and sound',
  full: 'Full screen',
  notFull: 'Leave full screen',
  onTop: 'Keep in front',
  notOnTop: 'No longer in front',
  keys: 'Keys',
} satisfies typeof german;

export const messages = catalogue(german, english);

import { catalogue } from '@sprechzimmer/design/i18n.ts';

/** The consultation's window: its bar, menu and panels. */
const german = {
  more: 'Mehr',
  closePanel: 'Schließen',
  notLoaded:
    'Das konnte gerade nicht geladen werden. Das Gespräch geht weiter. Versuchen Sie es gleich noch einmal.',
  unseen: (count: number) => `${count} neu`,
};

const english = {
  more: 'More',
  closePanel: 'Close',
  notLoaded: 'This could not be loaded just now. The conversation goes on. Please try again in a moment.',
  unseen: (count) => `${count} new`,
} satisfies typeof german;

export const messages = catalogue(german, english);

import { catalogue } from '@sprechzimmer/design/i18n.ts';

/** Names of the pages that the server shows to everybody. */
const german = {
  label: 'Hilfe und Rechtliches',
  newWindow: '(neues Fenster)',
  hilfe: 'Hilfe',
  nutzungsbedingungen: 'Nutzungsbedingungen',
  datenschutz: 'Datenschutz',
  impressum: 'Impressum',
};

const english = {
  label: 'Help and legal',
  newWindow: '(new window)',
  hilfe: 'Help',
  nutzungsbedingungen: 'Terms of use',
  datenschutz: 'Privacy',
  impressum: 'Imprint',
} satisfies typeof german;

export const publicMessages = catalogue(german, english);

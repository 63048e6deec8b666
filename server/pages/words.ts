import type { PageName, ProductLanguage } from './page-names.ts';

/** What the frame around a page says; the pages themselves are Markdown. */
export type Words = {
  skip: string;
  start: string;
  youAreHere: string;
  morePages: string;
  templateTitle: string;
  templateText: string;
  notTranslated: string;
  names: Record<PageName, string>;
};

const german: Words = {
  skip: 'Zum Inhalt springen',
  start: 'Startseite',
  youAreHere: 'Sie sind hier',
  morePages: 'Weitere Seiten',
  templateTitle: 'Vorlage: Dieser Text fehlt noch',
  templateText: 'Wer diesen Server betreibt, hat hier noch nichts hinterlegt.',
  notTranslated: 'Diesen Text gibt es nur auf Deutsch.',
  names: {
    hilfe: 'Hilfe',
    'hilfe/erste-schritte-patienten': 'Erste Schritte für Patienten',
    'hilfe/erste-schritte-praxis': 'Erste Schritte für Praxen',
    'hilfe/kamera-und-mikrofon': 'Kamera und Mikrofon',
    'hilfe/browser': 'Browser',
    'hilfe/lesezeichen': 'Lesezeichen',
    'hilfe/e-mail-programm': 'E-Mail-Programm',
    'hilfe/datenvolumen': 'Datenvolumen',
    'hilfe/firewall': 'Netz und Firewall',
    nutzungsbedingungen: 'Nutzungsbedingungen',
    datenschutz: 'Datenschutz',
    impressum: 'Impressum',
  },
};

const english: Words = {
  skip: 'Skip to content',
  start: 'Start page',
  youAreHere: 'You are here',
  morePages: 'More pages',
  templateTitle: 'Template: this text is still missing',
  templateText: 'Whoever runs this server has not put anything here yet.',
  notTranslated: 'This text exists in German only.',
  names: {
    hilfe: 'Help',
    'hilfe/erste-schritte-patienten': 'First steps for patients',
    'hilfe/erste-schritte-praxis': 'First steps for practices',
    'hilfe/kamera-und-mikrofon': 'Camera and microphone',
    'hilfe/browser': 'Browsers',
    'hilfe/lesezeichen': 'Bookmarks',
    'hilfe/e-mail-programm': 'Mail program',
    'hilfe/datenvolumen': 'Data volume',
    'hilfe/firewall': 'Network and firewall',
    nutzungsbedingungen: 'Terms of use',
    datenschutz: 'Privacy',
    impressum: 'Imprint',
  },
};

const words: Record<ProductLanguage, Words> = { de: german, en: english };

/** The frame of a page in a language that the product does not speak is English. */
export function frameLanguage(language: string): ProductLanguage {
  return language === 'de' ? 'de' : 'en';
}

export function wordsIn(language: string): Words {
  return words[frameLanguage(language)];
}

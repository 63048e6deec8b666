import { catalogue } from '@sprechzimmer/design/i18n.ts';

/** What is said of words and consent. */
const german = {
  compare: (name: string) =>
    `Diese Einladung ging über den Server. Bitte vergleichen Sie die drei Wörter mit ${name}:`,
  compareHow: 'Ihr Gegenüber findet sie oben bei „Verschlüsselt“.',
  same: 'Stimmen überein',
  different: 'Stimmen nicht überein',
  consent: {
    given: 'Einwilligung erteilt',
    missing: 'Einwilligung fehlt',
    revoked: 'Einwilligung widerrufen',
  },
};

const english = {
  compare: (name) => `This invitation went through the server. Please compare the three words with ${name}:`,
  compareHow: 'The other side finds them at the top, under “Encrypted”.',
  same: 'They are the same',
  different: 'They are not the same',
  consent: { given: 'Consent given', missing: 'No consent', revoked: 'Consent withdrawn' },
} satisfies typeof german;

export const messages = catalogue(german, english);

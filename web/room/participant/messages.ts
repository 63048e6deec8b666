import { catalogue } from '@sprechzimmer/design/i18n.ts';

/** What is said about the appointment's time, about consent, and how long it was. */
const german = {
  lasted: (minutes: number) => {
    if (minutes === 0) return 'Das Gespräch dauerte weniger als eine Minute.';
    return `Das Gespräch dauerte ${minutes === 1 ? 'eine Minute' : `${minutes} Minuten`}.`;
  },
  yourTime: (when: string) => `(bei Ihnen ${when})`,
  practiceTime: '(Uhrzeit der Praxis)',
  closedTitle: 'Das Wartezimmer ist gerade geschlossen',
  closed: (from: string, until: string) => `Ihr Code öffnet an diesem Tag von ${from} bis ${until}`,
  saveDate: 'Im Kalender speichern',
  testNow: 'Technik jetzt schon testen',
  checkHere: 'Technik prüfen',
  eventTitle: (practitioner: string) => `Videotermin: ${practitioner}`,
  eventText: (link: string) => `Zur Videosprechstunde öffnen Sie an diesem Tag diesen Link:\n${link}`,
  consent: 'Einwilligung',
  agree: 'Ich willige ein',
  disagree: 'Ich willige nicht ein',
  print: 'Drucken',
  given: 'Sie haben eingewilligt.',
  notGiven:
    'Sie haben nicht eingewilligt. Ihre Praxis sieht das und entscheidet, ob die Videosprechstunde stattfinden kann.',
  showText: 'Text der Einwilligung',
  agreeAfterAll: 'Doch einwilligen',
  revoke: 'Einwilligung widerrufen',
  revokeAsk: 'Möchten Sie Ihre Einwilligung wirklich widerrufen? Ihre Praxis sieht das sofort.',
  revokeYes: 'Ja, widerrufen',
  revokeNo: 'Nein',
};

const english = {
  lasted: (minutes) => {
    if (minutes === 0) return 'The consultation took less than a minute.';
    return `The consultation took ${minutes === 1 ? 'one minute' : `${minutes} minutes`}.`;
  },
  yourTime: (when) => `(${when} where you are)`,
  practiceTime: '(time of the practice)',
  closedTitle: 'The waiting room is closed at the moment',
  closed: (from, until) => `On this day your code opens from ${from} to ${until}`,
  saveDate: 'Save in calendar',
  testNow: 'Test your equipment now',
  checkHere: 'Check the equipment',
  eventTitle: (practitioner) => `Video consultation: ${practitioner}`,
  eventText: (link) => `To take part, open this link on that day:\n${link}`,
  consent: 'Consent',
  agree: 'I consent',
  disagree: 'I do not consent',
  print: 'Print',
  given: 'You have given your consent.',
  notGiven:
    'You have not given your consent. Your practice sees this and decides whether the video consultation can take place.',
  showText: 'Text of the consent',
  agreeAfterAll: 'Give consent after all',
  revoke: 'Withdraw consent',
  revokeAsk: 'Do you really want to withdraw your consent? Your practice will see it at once.',
  revokeYes: 'Yes, withdraw',
  revokeNo: 'No',
} satisfies typeof german;

export const messages = catalogue(german, english);
export type Messages = typeof german;

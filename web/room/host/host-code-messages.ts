import { catalogue } from '@sprechzimmer/design/i18n.ts';

/** What is said to whoever holds one appointment by its host code. */
const german = {
  title: 'Sprechstunde mit Gastgeber-Code',
  intro: 'Mit diesem Code führen Sie einen einzelnen Termin durch, an jedem Gerät.',
  open: 'Termin öffnen',
  opening: 'Der Termin wird geöffnet.',
  confirmTitle: 'Diesen Termin jetzt durchführen?',
  warning:
    'Wer diesen Code hat, führt die Sprechstunde und kann sehen und hören, wer teilnimmt. Machen Sie nur weiter, wenn das Ihr Termin ist.',
  begin: 'Sprechzimmer für diesen Termin öffnen',
  participants: (names: string) => `Erwartet: ${names}`,
  today: (practitioner: string, time: string) => `${practitioner}, heute um ${time}`,
  notToday: 'Dieser Termin ist nicht heute',
  day: (day: string) => `Der Gastgeber-Code öffnet nur am Tag des Termins${day && `: ${day}`}.`,
  closed: 'Gerade ist geschlossen',
  hours: (from: string, until: string) =>
    `Der Gastgeber-Code öffnet von ${from} bis ${until} (Uhrzeit der Praxis).`,
  unknown: 'Dieser Gastgeber-Code gilt nicht',
  unknownText:
    'Vielleicht wurde er zurückgenommen oder der Termin verlegt. Fragen Sie in der Praxis nach einem neuen.',
};

const english = {
  title: 'Consultation with a host code',
  intro: 'With this code you run one single appointment, on any device.',
  open: 'Open appointment',
  opening: 'The appointment is being opened.',
  confirmTitle: 'Run this appointment now?',
  warning:
    'Whoever has this code runs the consultation and can see and hear who takes part. Go on only if this is your appointment.',
  begin: 'Open the consulting room for this appointment',
  participants: (names) => `Expected: ${names}`,
  today: (practitioner, time) => `${practitioner}, today at ${time}`,
  notToday: 'This appointment is not today',
  day: (day) => `The host code opens on the day of the appointment only${day && `: ${day}`}.`,
  closed: 'It is closed at the moment',
  hours: (from, until) => `The host code opens from ${from} to ${until} (time of the practice).`,
  unknown: 'This host code is not valid',
  unknownText: 'Perhaps it was taken back, or the appointment was moved. Ask the practice for a new one.',
} satisfies typeof german;

export const messages = catalogue(german, english);

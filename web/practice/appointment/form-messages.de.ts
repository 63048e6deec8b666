import type { ParticipantRole } from '@sprechzimmer/protocol/participant-role.ts';
import type { CodeHours } from '@sprechzimmer/protocol/values.ts';
import type { FormProblem, MailOnDay } from './form.ts';
import type { ParticipantProblem } from './participant-problems.ts';

export const german = {
  day: 'Tag',
  time: 'Uhrzeit',
  duration: 'Dauer',
  durationMinutes: (minutes: number) => `${minutes} Minuten`,
  practitioner: 'Bei wem',
  people: 'Wer kommt',
  person: (number: number) => `Person ${number}`,
  forWhom: 'Für wen',
  name: 'Name',
  nameHint: 'Vor- und Nachname. So erwarten Sie die Person im Wartezimmer.',
  email: 'E-Mail-Adresse',
  telephone: 'Telefon',
  role: 'Kommt als',
  roles: {
    patient: 'Patientin oder Patient',
    relative: 'Angehörige Person',
    interpreter: 'Dolmetscherin oder Dolmetscher',
    carer: 'Pflege oder Betreuung',
    colleague: 'Kollegin oder Kollege',
  } satisfies Record<ParticipantRole, string>,
  language: 'Sprache',
  languages: { de: 'Deutsch', en: 'Englisch' },
  mailOnDay: 'Am Tag des Termins per E-Mail einladen',
  mailOnDays: {
    no: 'Nein, wir laden selbst ein',
    link: 'Ja, mit Link',
    'without-code': 'Ja, aber ohne Code: den sagen wir am Telefon',
  } satisfies Record<MailOnDay, string>,
  keepAsContact: 'Als Kontakt merken',
  fromContacts: 'Aus Ihren Kontakten',
  addPerson: 'Person hinzufügen',
  remove: 'Entfernen',
  removeWhom: (name: string) => (name === '' ? 'Diese Person entfernen' : `${name} entfernen`),
  removeTitle: (name: string) => `${name} entfernen?`,
  removeText:
    'Die Einladung ist schon verschickt. Der Code darin gilt nicht mehr, sobald Sie den Termin speichern.',
  removeConfirm: 'Entfernen',
  removeKeep: 'Behalten',
  peopleFull: (count: number) =>
    count === 1
      ? 'Ihr Tarif ist für Gespräche zu zweit: mit einer Person außer Ihnen.'
      : `Mit Ihrem Tarif kommen zu einem Termin bis zu ${count} Personen.`,
  peopleMost: (count: number) => `Zu einem Termin kommen bis zu ${count} Personen.`,
  askMain:
    'Wenn Sie mehr brauchen, kann die Hauptbenutzerin oder der Hauptbenutzer einen anderen Tarif anfragen.',
  requested: 'Der Tarif „plus“ ist angefragt. Wer die Anwendung betreibt, meldet sich bei Ihnen.',
  monthFull: (count: number) =>
    `In diesem Monat sind alle ${count} Videosprechstunden Ihres Tarifs vergeben. Wählen Sie einen Tag in einem anderen Monat, oder fragen Sie einen anderen Tarif an. Was schon vereinbart ist, findet statt.`,
  note: 'Notiz',
  noteHint: 'Nur für Ihre Praxis, verschlüsselt. Patienten sehen sie nicht.',
  skipped: (time: string) =>
    `In dieser Nacht wird die Uhr vorgestellt: ${time} Uhr gibt es an diesem Tag nicht.`,
  takeNext: (time: string) => `${time} Uhr nehmen`,
  hours: ({ from, until }: CodeHours) =>
    `Die Codes öffnen nur von ${from} bis ${until} Uhr. Bitte wählen Sie eine Zeit, die ganz darin liegt.`,
  problem: {
    'day-missing': 'Bitte wählen Sie einen Tag.',
    'day-past': 'Dieser Tag ist schon vorbei. Bitte wählen Sie heute oder einen späteren Tag.',
    'day-too-far': 'Termine gehen bis zu zwei Jahre im Voraus.',
    'time-missing': 'Bitte geben Sie die Uhrzeit an, zum Beispiel 10:30.',
    'time-skipped': 'Diese Uhrzeit gibt es an diesem Tag nicht.',
    'outside-hours': 'Zu dieser Zeit öffnen die Codes nicht.',
    'duration-wrong': 'Bitte wählen Sie, wie lange der Termin dauert.',
    'past-midnight': 'Der Code gilt nur an diesem Tag. Bitte lassen Sie den Termin vor Mitternacht enden.',
    'note-too-long': 'Die Notiz ist zu lang. Bitte kürzen Sie sie.',
    'too-many-people': 'Das sind mehr Personen, als Ihr Tarif erlaubt. Bitte entfernen Sie jemanden.',
  } satisfies Record<FormProblem, string>,
  personProblem: {
    'name-missing': 'Bitte geben Sie an, für wen der Termin ist.',
    'name-too-long': 'Der Name ist zu lang. Bitte kürzen Sie ihn.',
    'email-wrong': 'Das ist keine E-Mail-Adresse. Sie sieht zum Beispiel so aus: name@beispiel.de',
    'telephone-wrong': 'Bitte geben Sie eine Telefonnummer an, zum Beispiel 0171 2345678.',
  } satisfies Record<ParticipantProblem, string>,
};

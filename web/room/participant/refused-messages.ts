import { catalogue } from '@sprechzimmer/design/i18n.ts';

/** Why the door stays closed. */
export const german = {
  notTodayTitle: 'Ihr Termin ist nicht heute',
  notTodayFuture: (day: string, time: string) =>
    `Ihr Termin ist am ${day}, um ${time}. Dieser Code öffnet an diesem Tag.`,
  notTodayPast: (day: string, time: string) =>
    `Ihr Termin war am ${day}, um ${time}. Dieser Code galt nur an diesem Tag.`,
  notTodayFutureDay: (day: string) => `Ihr Termin ist am ${day}. Dieser Code öffnet an diesem Tag.`,
  notTodayPastDay: (day: string) => `Ihr Termin war am ${day}. Dieser Code galt nur an diesem Tag.`,
  notTodayUnknown: 'Dieser Code öffnet nur am Tag Ihres Termins.',
  newAppointment: 'Für einen neuen Termin rufen Sie bitte Ihre Praxis an.',
  unknownTitle: 'Dieser Code gilt nicht',
  unknown:
    'Vielleicht wurde Ihr Termin verlegt oder abgesagt. Nach einer Verlegung gilt der Code aus der neuen Einladung.',
  occupiedTitle: 'Mit diesem Code ist schon jemand da',
  occupied:
    'Sind Sie das selbst, an einem anderen Gerät oder in einem anderen Browser? Dann schließen Sie es dort und versuchen es hier noch einmal.',
  occupiedOther: 'Wenn nicht, rufen Sie bitte Ihre Praxis an.',
  attemptsTitle: 'Zu viele Versuche',
  attempts: (wait: string) =>
    `Von Ihrem Anschluss kamen zu viele ungültige Codes. Bitte warten Sie noch ${wait}.`,
  attemptsOver: 'Sie können es jetzt noch einmal versuchen.',
  waitMinutes: (count: number) => (count === 1 ? 'eine Minute' : `${count} Minuten`),
  fullTitle: 'Gerade ist kein Platz frei',
  full: 'Im Augenblick sind sehr viele Menschen gleichzeitig da. Bitte versuchen Sie es in einer Minute noch einmal.',
  orCall: 'Oder rufen Sie Ihre Praxis an.',
};

const english = {
  notTodayTitle: 'Your appointment is not today',
  notTodayFuture: (day, time) => `Your appointment is on ${day} at ${time}. This code opens on that day.`,
  notTodayPast: (day, time) => `Your appointment was on ${day} at ${time}. This code was for that day only.`,
  notTodayFutureDay: (day) => `Your appointment is on ${day}. This code opens on that day.`,
  notTodayPastDay: (day) => `Your appointment was on ${day}. This code was for that day only.`,
  notTodayUnknown: 'This code opens on the day of your appointment only.',
  newAppointment: 'For a new appointment please call your practice.',
  unknownTitle: 'This code is not valid',
  unknown:
    'Perhaps your appointment was moved or cancelled. If it was moved, the code from the new invitation is the right one.',
  occupiedTitle: 'Somebody is already here with this code',
  occupied: 'Is that you, on another device or in another browser? Then close it there and try again here.',
  occupiedOther: 'If not, please call your practice.',
  attemptsTitle: 'Too many attempts',
  attempts: (wait) => `Too many invalid codes came from your connection. Please wait another ${wait}.`,
  attemptsOver: 'You can try again now.',
  waitMinutes: (count) => (count === 1 ? 'one minute' : `${count} minutes`),
  fullTitle: 'There is no room right now',
  full: 'Very many people are here at the same time. Please try again in a minute.',
  orCall: 'Or call your practice.',
} satisfies typeof german;

export const messages = catalogue(german, english);
export type RefusedMessages = typeof german;

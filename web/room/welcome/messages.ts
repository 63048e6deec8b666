import { catalogue } from '@sprechzimmer/design/i18n.ts';

/** The first screen's messages, kept apart from the rest so that it stays small. */
const german = {
  name: 'Videosprechstunde',
  welcome: 'Willkommen zur Videosprechstunde',
  introLink: 'Bitte geben Sie Ihren Namen an, damit die Praxis Sie erkennt.',
  introCode: 'Geben Sie den Code aus Ihrer Einladung und Ihren Namen ein.',
  code: 'Ihr Code',
  codeHint: '12 Zeichen, Groß- und Kleinschreibung ist gleich.',
  codeProgress: (typed: number) => `${typed} von 12 Zeichen`,
  codeGood: 'Der Code ist richtig geschrieben.',
  codeMissing: 'Bitte geben Sie den Code aus Ihrer Einladung ein.',
  codeIncomplete: (typed: number) =>
    typed === 11
      ? 'Hier fehlt noch ein Zeichen. Ein Code hat 12.'
      : `Hier fehlen noch ${12 - typed} Zeichen. Ein Code hat 12.`,
  codeTooLong: 'Das sind zu viele Zeichen. Ein Code hat 12.',
  codeUnknownSymbol: (symbol: string) =>
    `„${symbol}“ kommt in keinem Code vor. Bitte sehen Sie noch einmal nach.`,
  codeMistyped: 'Da ist ein Tippfehler. Bitte vergleichen Sie den Code mit Ihrer Einladung.',
  linkBroken: 'Ihr Link ist nicht vollständig. Bitte geben Sie den Code aus Ihrer Einladung ein.',
  yourName: 'Ihr Name',
  nameMissing: 'Bitte geben Sie Ihren Namen an.',
  enter: 'Ins Wartezimmer',
  entering: 'Einen Moment …',
  next: 'Danach fragt Ihr Browser, ob er Kamera und Mikrofon benutzen darf. Bitte erlauben Sie beides.',
  loadFailed: 'Die Seite konnte nicht ganz geladen werden. Bitte prüfen Sie Ihre Internetverbindung.',
  tryAgain: 'Noch einmal versuchen',
  whoSees: 'Wer kann was sehen?',
  reassurance: [
    'Bild, Ton und Chat gehen verschlüsselt von Ihrem Gerät zum Gerät der Praxis. Niemand auf dem Weg kann zusehen oder mithören.',
    'Ihren Namen sehen nur Ihre Praxis und wer sonst an Ihrem Gespräch teilnimmt.',
    'Nichts wird aufgezeichnet.',
    'Sie brauchen kein Konto und müssen nichts installieren.',
  ],
  test: 'Technik vorher testen',
  hostCode: 'Sie halten die Sprechstunde? Mit Gastgeber-Code öffnen',
};

const english = {
  name: 'Video consultation',
  welcome: 'Welcome to your video consultation',
  introLink: 'Please give your name, so that the practice knows who you are.',
  introCode: 'Enter the code from your invitation and your name.',
  code: 'Your code',
  codeHint: '12 characters; capital or small letters make no difference.',
  codeProgress: (typed) => `${typed} of 12 characters`,
  codeGood: 'The code is spelled correctly.',
  codeMissing: 'Please enter the code from your invitation.',
  codeIncomplete: (typed) =>
    typed === 11
      ? 'One character is missing. A code has 12.'
      : `${12 - typed} characters are missing. A code has 12.`,
  codeTooLong: 'That is too long. A code has 12 characters.',
  codeUnknownSymbol: (symbol) => `“${symbol}” is in no code. Please look once more.`,
  codeMistyped: 'There is a typing error. Please compare the code with your invitation.',
  linkBroken: 'Your link is not complete. Please enter the code from your invitation.',
  yourName: 'Your name',
  nameMissing: 'Please give your name.',
  enter: 'Go to the waiting room',
  entering: 'One moment …',
  next: 'Your browser will then ask whether it may use camera and microphone. Please allow both.',
  loadFailed: 'The page could not be loaded completely. Please check your internet connection.',
  tryAgain: 'Try again',
  whoSees: 'Who can see what?',
  reassurance: [
    'Picture, sound and chat travel encrypted from your device to the device of the practice. Nobody on the way can watch or listen.',
    'Only your practice, and whoever else takes part in your consultation, sees your name.',
    'Nothing is recorded.',
    'You need no account and nothing has to be installed.',
  ],
  test: 'Test your equipment first',
  hostCode: 'Are you the host? Open with a host code',
} satisfies typeof german;

export const messages = catalogue(german, english);

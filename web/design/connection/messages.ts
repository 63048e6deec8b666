import { catalogue } from '../i18n.ts';

/** What a line is good for, in words that both apps use; the table is for whoever runs a firewall. */
const german = {
  start: 'Verbindung prüfen',
  again: 'Noch einmal prüfen',
  cancel: 'Abbrechen',
  asking: 'Einen Moment …',
  running: (done: number, all: number) =>
    `Wir schicken Daten über jeden Weg, der in Frage kommt: ${done} von ${all} sind geprüft.`,
  verdicts: {
    good: 'Ihre Verbindung reicht für Bild und Ton.',
    fair: 'Ihre Verbindung reicht für Bild und Ton. Das Bild kann zeitweise unscharf sein.',
    sound: 'Ihre Verbindung reicht für den Ton. Das Bild wird oft stehen bleiben.',
    none: 'Aus diesem Netz führt kein Weg für Bild und Ton hinaus.',
    'no-calls': 'Dieser Browser baut keine Verbindungen auf. Etwas hindert ihn daran.',
    unknown: 'Ihr Browser kann Verbindungen aufbauen. Den Weg durch das Netz konnten wir nicht prüfen.',
  },
  remedies: {
    good: '',
    fair: 'Besser wird es näher am WLAN-Router, mit einem Kabel, oder wenn sonst gerade niemand Filme sieht.',
    sound: 'Gehen Sie näher an den WLAN-Router, oder nehmen Sie ein anderes Netz, zum Beispiel Mobilfunk.',
    none: 'Nehmen Sie ein anderes Netz, zum Beispiel Mobilfunk statt WLAN. In einer Firma oder Klinik fragen Sie die Technik: Sie findet unten, was gesperrt ist.',
    'no-calls':
      'Vielleicht sperrt eine Erweiterung oder ein Virenschutz Videogespräche. Versuchen Sie es in einem anderen Browser.',
    unknown: '',
  },
  offline: 'Der Server ist gerade nicht zu erreichen. Bitte prüfen Sie Ihre Internetverbindung.',
  details: 'Einzelheiten für die Technik',
  way: 'Weg',
  result: 'Ergebnis',
  roundTrip: 'Hin und zurück',
  rate: 'Tempo',
  ways: { local: 'Im eigenen Gerät', direct: 'Direkt, UDP', relay: 'Zwischenstelle' },
  states: {
    testing: 'wird geprüft',
    open: 'offen',
    blocked: 'gesperrt',
    refused: 'abgewiesen',
    unneeded: 'kein Router',
  },
  milliseconds: (count: number) => `${count} ms`,
  kbit: (count: number) => `${count.toLocaleString('de')} kbit/s`,
};

const english = {
  start: 'Check the connection',
  again: 'Check once more',
  cancel: 'Cancel',
  asking: 'One moment …',
  running: (done, all) => `We send data over every way that could be taken: ${done} of ${all} are checked.`,
  verdicts: {
    good: 'Your connection is good enough for picture and sound.',
    fair: 'Your connection is good enough for picture and sound. The picture may be blurred at times.',
    sound: 'Your connection is good enough for sound. The picture will often freeze.',
    none: 'Picture and sound cannot get out of this network.',
    'no-calls': 'This browser cannot make connections. Something is stopping it.',
    unknown: 'Your browser can make connections. The way through the network could not be checked.',
  },
  remedies: {
    good: '',
    fair: 'It gets better closer to the Wi-Fi router, with a cable, or while nobody else is watching films.',
    sound: 'Move closer to the Wi-Fi router, or use another network, such as mobile data.',
    none: 'Use another network, such as mobile data instead of Wi-Fi. In a company or hospital ask the IT staff: they find below what is blocked.',
    'no-calls': 'Perhaps an extension or a virus scanner blocks video calls. Try another browser.',
    unknown: '',
  },
  offline: 'The server cannot be reached at the moment. Please check your internet connection.',
  details: 'Details for the IT staff',
  way: 'Way',
  result: 'Result',
  roundTrip: 'Round trip',
  rate: 'Rate',
  ways: { local: 'Within this device', direct: 'Direct, UDP', relay: 'Relay' },
  states: {
    testing: 'being checked',
    open: 'open',
    blocked: 'blocked',
    refused: 'refused',
    unneeded: 'no router',
  },
  milliseconds: (count) => `${count} ms`,
  kbit: (count) => `${count.toLocaleString('en')} kbit/s`,
} satisfies typeof german;

export const messages = catalogue(german, english);

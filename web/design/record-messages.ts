import { catalogue } from './i18n.ts';

/** The record of a consultation, on the screen and on paper. */
const german = {
  title: 'Nachweis der Videosprechstunde',
  print: 'Drucken',
  began: 'Beginn',
  ended: 'Ende',
  lasted: 'Dauer',
  endedBy: 'Beendet von',
  practice: (practitioner: string) => `Praxis (${practitioner})`,
  insecure: 'abgebrochen, weil die Verbindung nicht sicher war',
  'broken-off': 'abgebrochen, weil das Sprechzimmer in einem anderen Fenster geöffnet wurde',
  heldBy: 'Gehalten von',
  handshake: 'Schlüssel',
  suite: (suite: number) =>
    suite === 1
      ? 'Verfahren 1: ECDH P-256, HKDF und HMAC mit SHA-256, AES-256-GCM; beglaubigt mit dem Zugangscode'
      : `Verfahren ${suite}`,
  roles: {
    patient: 'Patientin oder Patient',
    relative: 'angehörig',
    interpreter: 'dolmetscht',
    carer: 'pflegt oder betreut',
    colleague: 'Kollegin oder Kollege',
  },
  present: 'Dabei',
  presentFrom: (from: string, until: string) => `${from} bis ${until}`,
  words: 'Drei Wörter',
  compared: 'verglichen und gleich',
  notCompared: 'nicht verglichen',
  way: 'Weg',
  direct: 'direkt verbunden',
  relayed: 'über eine Zwischenstelle, verschlüsselt',
  wayFrom: (time: string) => `ab ${time}`,
  unknown: 'nicht bekannt',
  transport: 'Verbindung',
  media: 'Bild und Ton',
  roleOfHost: 'Seite der Praxis',
  ownFingerprint: 'Zertifikat der Praxis',
  otherFingerprint: 'Zertifikat der Gegenseite',
  kept: 'Dieser Nachweis liegt nur verschlüsselt bei der Praxis. Der Server kennt ihn nicht. Vom Gespräch selbst ist nichts aufgezeichnet.',
};

const english = {
  title: 'Record of the video consultation',
  print: 'Print',
  began: 'Began',
  ended: 'Ended',
  lasted: 'Duration',
  endedBy: 'Ended by',
  practice: (practitioner) => `the practice (${practitioner})`,
  insecure: 'broken off because the connection was not secure',
  'broken-off': 'broken off because the consulting room was opened in another window',
  heldBy: 'Held by',
  handshake: 'Keys',
  suite: (suite) =>
    suite === 1
      ? 'Suite 1: ECDH P-256, HKDF and HMAC with SHA-256, AES-256-GCM; authenticated with the access code'
      : `Suite ${suite}`,
  roles: {
    patient: 'patient',
    relative: 'relative',
    interpreter: 'interpreter',
    carer: 'carer',
    colleague: 'colleague',
  },
  present: 'Present',
  presentFrom: (from, until) => `${from} to ${until}`,
  words: 'Three words',
  compared: 'compared, the same',
  notCompared: 'not compared',
  way: 'Path',
  direct: 'directly connected',
  relayed: 'through a relay, encrypted',
  wayFrom: (time) => `from ${time}`,
  unknown: 'not known',
  transport: 'Connection',
  media: 'Picture and sound',
  roleOfHost: 'The practice’s side',
  ownFingerprint: 'Certificate of the practice',
  otherFingerprint: 'Certificate of the other side',
  kept: 'This record is kept by the practice only, encrypted. The server does not know it. Nothing of the conversation itself has been recorded.',
} satisfies typeof german;

export const recordMessages = catalogue(german, english);

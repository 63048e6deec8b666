import type { DeletionKind, DeletionRule } from '@sprechzimmer/protocol/retention.ts';

function count(number: number, one: string, many: string): string {
  return number === 1 ? `1 ${one}` : `${number.toLocaleString('de-DE')} ${many}`;
}
const appointments = (number: number) => count(number, 'Termin', 'Termine');
const days = (number: number) => count(number, 'Tag', 'Tage');

export const german = {
  title: 'Daten und Löschung',
  lead: 'Wie lange Termine bleiben, was gelöscht wurde, und wie Sie Ihre Daten mitnehmen.',
  loading: 'Einen Moment, bitte.',
  again: 'Noch einmal',

  retention: {
    title: 'Aufbewahrung der Termine',
    lead: (kept: number) =>
      `Ein Termin wird ${kept === 1 ? '1 Tag' : `${kept} Tage`} nach seinem Tag gelöscht, mit Notiz, Einwilligung und Gesprächsvermerk. Was Sie länger brauchen, gehört in Ihre Patientenakte.`,
    ceiling: (most: number) => `Mehr als ${days(most)} lässt Ihr Betreiber nicht zu.`,
    change: 'Aufbewahrung ändern',
    field: 'Termine aufbewahren',
    option: (kept: number) => (kept === 1 ? '1 Tag' : `${kept} Tage`),
    asking: 'Es wird nachgesehen, was das löscht.',
    willDelete: (number: number, oldest: string, newest: string) =>
      oldest === newest
        ? `Damit ${number === 1 ? 'wird' : 'werden'} sofort ${appointments(number)} vom ${oldest} gelöscht. Das lässt sich nicht rückgängig machen.`
        : `Damit werden sofort ${appointments(number)} vom ${oldest} bis ${newest} gelöscht. Das lässt sich nicht rückgängig machen.`,
    willKeep: (from: string) => `Termine ab dem ${from} bleiben.`,
    willNotDelete: 'Damit wird jetzt nichts gelöscht.',
    save: 'Aufbewahrung speichern',
    saveAndDelete: (number: number) => `Speichern und ${appointments(number)} löschen`,
    saved: (kept: number, deleted: number) =>
      deleted === 0
        ? `Termine bleiben jetzt ${kept === 1 ? '1 Tag' : `${kept} Tage`}.`
        : `Termine bleiben jetzt ${kept === 1 ? '1 Tag' : `${kept} Tage`}. ${appointments(deleted)} ${deleted === 1 ? 'wurde' : 'wurden'} gelöscht.`,
  },

  export: {
    title: 'Daten exportieren',
    lead: 'Schreibt alles, was Ihre Praxis hier hat, in eine Datei: Termine, Kontakte, Texte, Benutzer, Geräte und Zahlen. Geöffnet wird es nur in diesem Browser.',
    warning:
      'Die Datei ist nicht verschlüsselt. Sie enthält Namen, Notizen und offene Zugangscodes. Speichern Sie sie nur dort, wo auch Ihre Patientenakten liegen.',
    told: 'Alle Benutzer Ihrer Praxis sehen im Sicherheitsprotokoll, dass exportiert wurde.',
    submit: 'Daten exportieren',
    running: 'Der Export wird geschrieben.',
    progress: 'Fortschritt des Exports',
    cancelled: 'Der Export ist abgebrochen. Es wurde keine Datei gespeichert.',
    done: (ofAppointments: number, ofContacts: number) =>
      `Die Datei ist fertig: ${appointments(ofAppointments)}, ${count(ofContacts, 'Kontakt', 'Kontakte')}. Ihr Browser speichert sie dort, wo er Downloads ablegt.`,
    unreadable: (number: number) =>
      `${number === 1 ? '1 Eintrag lässt' : `${number} Einträge lassen`} sich auf diesem Gerät nicht öffnen. Die Datei nennt sie.`,
    saveAgain: 'Noch einmal speichern',
    close: 'Fertig',
  },

  log: {
    title: 'Löschprotokoll',
    lead: 'Was gelöscht wurde, in Zahlen und ohne Namen. Eine Zeile bleibt drei Jahre über ihr Kalenderjahr hinaus.',
    show: 'Löschprotokoll zeigen',
    none: 'Es wurde noch nichts gelöscht.',
    more: 'Ältere zeigen',
    between: (oldest: string, newest: string) =>
      oldest === newest ? `vom ${oldest}` : `vom ${oldest} bis ${newest}`,
    kinds: {
      appointment: appointments,
      invitation: (number) => count(number, 'Einladung', 'Einladungen'),
      'host-code': (number) => count(number, 'Code für die Praxis', 'Codes für die Praxis'),
      delivery: (number) => count(number, 'Vermerk über eine Nachricht', 'Vermerke über Nachrichten'),
      'security-event': (number) =>
        count(number, 'Eintrag des Sicherheitsprotokolls', 'Einträge des Sicherheitsprotokolls'),
      'device-request': (number) => count(number, 'Anfrage eines Geräts', 'Anfragen von Geräten'),
      'consultation-count': (number) => count(number, 'Monatszahl', 'Monatszahlen'),
      'case-count': (number) => count(number, 'Quartalszahl', 'Quartalszahlen'),
      contact: (number) => count(number, 'Kontakt', 'Kontakte'),
      user: (number) => count(number, 'Benutzer', 'Benutzer'),
      device: (number) => count(number, 'Gerät', 'Geräte'),
      practice: (number) => count(number, 'Praxis', 'Praxen'),
      session: (number) => count(number, 'Sitzung', 'Sitzungen'),
      'sign-in-challenge': (number) => count(number, 'Anmeldefrage', 'Anmeldefragen'),
      'passkey-challenge': (number) => count(number, 'Anmeldefrage', 'Anmeldefragen'),
      'used-signature': (number) => count(number, 'Signatur', 'Signaturen'),
      'host-ticket': (number) => count(number, 'Eintrittskarte', 'Eintrittskarten'),
    } satisfies Record<DeletionKind, (number: number) => string>,
    rules: {
      retention: 'Aufbewahrung abgelaufen',
      over: 'Tag vorbei',
      expired: 'abgelaufen',
      'max-days': 'Höchstdauer erreicht',
      merged: 'zu einer Zahl der Praxis zusammengefasst',
      'by-practice': 'von der Praxis gelöscht',
      operator: 'vom Betreiber gelöscht',
    } satisfies Record<DeletionRule, string>,
  },

  end: {
    title: 'Praxis löschen',
    lead: 'Löscht Ihre Praxis mit allem, was hier von ihr ist. Exportieren Sie vorher, was Sie behalten müssen.',
    lost: 'Das geht verloren:',
    users: (number: number) => count(number, 'Benutzer', 'Benutzer'),
    devices: (number: number) => count(number, 'freigegebenes Gerät', 'freigegebene Geräte'),
    contacts: (number: number) => count(number, 'Kontakt', 'Kontakte'),
    appointments: (number: number, coming: number) =>
      coming === 0 ? appointments(number) : `${appointments(number)}, davon ${coming} heute oder später`,
    consultations: (number: number) =>
      count(number, 'gezählte Videosprechstunde', 'gezählte Videosprechstunden'),
    grace: (graceDays: number) =>
      `Gelöscht wird in ${graceDays} Tagen. Bis dahin arbeiten alle weiter wie bisher, und Sie können es zurücknehmen. Danach kann niemand mehr etwas wiederherstellen, auch der Betreiber nicht.`,
    tell: 'Wer später einen Termin hat, erfährt es nicht von uns: Bitte sagen Sie Ihren Patientinnen und Patienten Bescheid.',
    typeName: (name: string) => `Schreiben Sie zur Sicherheit den Namen Ihrer Praxis: ${name}`,
    typeNameWrong: 'Das ist nicht der Name Ihrer Praxis.',
    submit: 'Praxis in 7 Tagen löschen',
    factor: 'Zweite Bestätigung',
    requested: (day: string) => `Ihre Praxis wird am ${day} gelöscht.`,
    pending: (day: string) => `Ihre Praxis wird am ${day} mit allen Daten gelöscht`,
    pendingMain: 'Bis dahin können Sie es zurücknehmen.',
    pendingOthers: (main: string) => `Zurücknehmen kann das bis dahin: ${main}.`,
    undo: 'Löschung zurücknehmen',
    undone: 'Die Löschung ist zurückgenommen. Es wurde nichts gelöscht.',
  },
};

import type { NamedTest } from './asvs.ts';

/** What is looked at, and by which tests. */
export const accessibilityChecks: { what: string; tests: NamedTest[] }[] = [
  {
    what: 'Automatische Prüfung mit axe (WCAG 2.2, A und AA) in der Praxis-App: Kalender, Termin, Einladung, Kontakte, Benutzer, Geräte, Sperre, Abrechnung; hell und dunkel, Rechner und Telefon, wo der Test es sagt',
    tests: [
      {
        file: 'e2e/practice/calendar.test.ts',
        name: 'day, week, month and list show the same appointment, and nothing in them keeps anyone out',
      },
      {
        file: 'e2e/practice/contacts.test.ts',
        name: 'contacts are added, found however they are written, changed, deleted and brought back',
      },
      {
        file: 'e2e/practice/lock.test.ts',
        name: 'the key locks, the password opens, and a wrong one tells how many attempts are left',
      },
    ],
  },
  {
    what: 'Dieselbe Prüfung im Sprechzimmer: Warten, Einwilligung, Sprechstunde, Dateien, geteilter Bildschirm, dritte Person',
    tests: [
      {
        file: 'e2e/third-seat.test.ts',
        name: 'the interpreter can be made the large picture, and axe has nothing to say',
      },
      { file: 'e2e/files.test.ts', name: 'files go both ways' },
    ],
  },
  {
    what: 'Bedienung allein mit der Tastatur',
    tests: [
      {
        file: 'e2e/practice/calendar.test.ts',
        name: 'an appointment is made, opened and moved with the keyboard alone',
      },
      {
        file: 'e2e/practice/contacts.test.ts',
        name: 'an appointment takes a person from the contacts by keyboard, and keeps new ones there',
      },
      {
        file: 'e2e/room-window.test.ts',
        name: 'with the Tab key alone every control is reached, those over the pictures too',
      },
      { file: 'e2e/room-window.test.ts', name: 'the menu opens and closes by mouse, keyboard and touch' },
    ],
  },
  {
    what: 'Große Schrift, kleiner und liegender Bildschirm, dunkle Farben',
    tests: [
      {
        file: 'e2e/room-window.test.ts',
        name: 'lying down, small, large-lettered or dark, nothing overlaps or is cut off',
      },
    ],
  },
  {
    what: 'Öffentliche Seiten: Überschriften in Ordnung, Tabellen mit Beschriftung, Sprache angegeben',
    tests: [
      {
        file: 'server/pages/serve-pages.test.ts',
        name: 'every page is there in German and English, the same on both origins, with a title and headings in order',
      },
      {
        file: 'server/pages/render-markdown.test.ts',
        name: 'a table says what it is about and has no styles of its own',
      },
    ],
  },
  {
    what: 'Hilfen für Menschen, die Hilfe brauchen: Einladung vorlesen, Stillstand der Kamera in Bildern erklären',
    tests: [
      {
        file: 'e2e/practice/invitations.test.ts',
        name: 'the code is read out by the towns of the spelling alphabet',
      },
      { file: 'e2e/device-check.test.ts', name: 'the patient is shown where to press in this very browser' },
    ],
  },
];

export const accessibilityGaps: string[] = [
  'Keine Prüfung durch Menschen mit Behinderung und keine nach BITV 2.0 oder EN 301 549 durch eine Prüfstelle.',
  'Kein Test mit einer Vorlesesoftware; axe findet erfahrungsgemäß nur einen Teil der Mängel.',
  'Keine Untertitel und kein Dolmetschen von sich aus; eine dritte Person kann als Dolmetscher dazukommen.',
  'Die druckbaren Blätter (Brief, Wiederherstellung) sind nicht als barrierefreies PDF geprüft.',
  'Texte des Betreibers und der Praxis prüft niemand von selbst.',
];

import type { german } from './messages.de.ts';

export const english: typeof german = {
  fileName: (day) => `sprechzimmer-export-${day}.zip`,
  readMeName: 'README.txt',
  appointmentsName: 'appointments.csv',
  contactsName: 'contacts.csv',
  readMe: `Export from Sprechzimmer

These files are not encrypted. They hold names, contact data, notes and open access codes of your patients. Keep them as you
keep your patients' records, and delete them when you need them no longer.

appointments.csv  all appointments, a line for each person; opens in Excel or LibreOffice
contacts.csv      your contacts
praxis.json       all that Sprechzimmer knows of your practice, for other programs (its form: docs/export.md)
`,
  appointmentColumns: [
    'Day',
    'Time',
    'Minutes',
    'Practitioner',
    'Begun (UTC)',
    'Person',
    'Role',
    'E-mail',
    'Telephone',
    'Open code',
    'Consent',
    'Note',
  ],
  contactColumns: ['Name', 'E-mail', 'Telephone', 'Language'],
  roles: {
    patient: 'Patient',
    relative: 'Relative',
    interpreter: 'Interpreter',
    carer: 'Carer',
    colleague: 'Colleague',
  },
  consentStates: { none: 'none', given: 'given', revoked: 'withdrawn' },
};

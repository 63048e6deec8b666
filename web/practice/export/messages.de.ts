import type { ParticipantRole } from '@sprechzimmer/protocol/participant-role.ts';

export const german = {
  fileName: (day: string) => `sprechzimmer-export-${day}.zip`,
  readMeName: 'LIESMICH.txt',
  appointmentsName: 'termine.csv',
  contactsName: 'kontakte.csv',
  readMe: `Export aus Sprechzimmer

Diese Dateien sind nicht verschlüsselt. Sie enthalten Namen, Kontaktdaten, Notizen und offene Zugangscodes Ihrer
Patientinnen und Patienten. Bewahren Sie sie so auf wie Ihre Patientenakten, und löschen Sie sie, wenn Sie sie nicht mehr
brauchen.

termine.csv    alle Termine, eine Zeile je Person; öffnet sich in Excel oder LibreOffice
kontakte.csv   Ihre gespeicherten Kontakte
praxis.json    alles, was Sprechzimmer über Ihre Praxis weiß, für andere Programme (Aufbau: docs/export.md)
`,
  appointmentColumns: [
    'Tag',
    'Uhrzeit',
    'Dauer in Minuten',
    'Behandelnde',
    'Begonnen (UTC)',
    'Person',
    'Rolle',
    'E-Mail',
    'Telefon',
    'Offener Code',
    'Einwilligung',
    'Notiz',
  ],
  contactColumns: ['Name', 'E-Mail', 'Telefon', 'Sprache'],
  roles: {
    patient: 'Patientin oder Patient',
    relative: 'Angehörige',
    interpreter: 'Dolmetschen',
    carer: 'Pflege',
    colleague: 'Kollegin oder Kollege',
  } as Record<ParticipantRole, string>,
  consentStates: { none: 'keine', given: 'erteilt', revoked: 'widerrufen' },
};

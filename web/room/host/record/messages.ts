import { catalogue } from '@sprechzimmer/design/i18n.ts';

/** Where the record of a consultation is. */
const german = {
  lasted: (duration: string) => `Das Gespräch dauerte ${duration}.`,
  show: 'Nachweis ansehen',
  title: 'Nachweis',
  back: 'Zurück zum Sprechzimmer',
  kept: 'Der Nachweis liegt verschlüsselt beim Termin in Ihrer Praxis-App.',
  underWay:
    'Der Nachweis ist noch nicht abgelegt. Öffnen oder entsperren Sie die Praxis-App, und lassen Sie dieses Fenster so lange offen.',
  gone: 'Der Termin ist in Ihrer Praxis-App nicht mehr da. Drucken Sie den Nachweis, wenn Sie ihn brauchen.',
  onlyHere:
    'Der Nachweis ist nur in diesem Fenster. Drucken Sie ihn, wenn Sie ihn brauchen: Wenn Sie das Fenster schließen, ist er fort.',
};

const english = {
  lasted: (duration) => `The consultation took ${duration}.`,
  show: 'Show the record',
  title: 'Record',
  back: 'Back to the consulting room',
  kept: 'The record is kept, encrypted, with the appointment in your practice app.',
  underWay:
    'The record is not kept yet. Open or unlock the practice app, and leave this window open until then.',
  gone: 'The appointment is not in your practice app any more. Print the record if you need it.',
  onlyHere:
    'The record is in this window only. Print it if you need it: once you close the window, it is gone.',
} satisfies typeof german;

export const messages = catalogue(german, english);

import { catalogue } from '@sprechzimmer/design/i18n.ts';

/** The consultations that were held of an appointment. */
const german = {
  title: 'Nachweise',
  one: (time: string, duration: string) => `${time}, ${duration}`,
};

const english = {
  title: 'Records',
  one: (time, duration) => `${time}, ${duration}`,
} satisfies typeof german;

export const heldMessages = catalogue(german, english);

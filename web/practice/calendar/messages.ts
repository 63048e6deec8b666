import { catalogue } from '@sprechzimmer/design/i18n.ts';
import { german } from './messages.de.ts';
import { english } from './messages.en.ts';

/** What is said in the calendar, about moving and cancelling, and in the desk's navigation. */
export const calendarMessages = catalogue(german, english);

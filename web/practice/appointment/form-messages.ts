import { catalogue } from '@sprechzimmer/design/i18n.ts';
import { german } from './form-messages.de.ts';
import { english } from './form-messages.en.ts';

/** What an appointment's form says. */
export const formMessages = catalogue(german, english);

import { catalogue } from '@sprechzimmer/design/i18n.ts';
import { german } from './messages.de.ts';
import { english } from './messages.en.ts';

/** What is said about the practice's contacts. */
export const contactMessages = catalogue(german, english);

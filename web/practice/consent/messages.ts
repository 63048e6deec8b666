import { catalogue } from '@sprechzimmer/design/i18n.ts';
import { german } from './messages.de.ts';
import { english } from './messages.en.ts';

/** What is said about participants' consent. */
export const consentMessages = catalogue(german, english);

import { catalogue } from '@sprechzimmer/design/i18n.ts';
import { english } from './messages.en.ts';
import { german } from './messages.de.ts';

/** What the practice app says, in the language that is set. */
export const messages = catalogue(german, english);

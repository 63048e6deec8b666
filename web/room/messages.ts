import { catalogue } from '@sprechzimmer/design/i18n.ts';
import { english } from './messages.en.ts';
import { german } from './messages.de.ts';

export type Messages = typeof german;

/** Everything that is said after the first screen. */
export const messages = catalogue(german, english);

import { catalogue } from '@sprechzimmer/design/i18n.ts';
import { german } from './messages.de.ts';
import { english } from './messages.en.ts';

/** What is said about devices, their approval, the renewal of the key, and recovery. */
export const deviceMessages = catalogue(german, english);

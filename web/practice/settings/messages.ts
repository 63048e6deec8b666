import { catalogue } from '@sprechzimmer/design/i18n.ts';
import { german } from './messages.de.ts';
import { english } from './messages.en.ts';

/** What leads to the settings that have a page of their own. */
export const settingsMessages = catalogue(german, english);

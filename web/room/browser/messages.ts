import { catalogue } from '@sprechzimmer/design/i18n.ts';
import { english } from './messages.en.ts';
import { german } from './messages.de.ts';

export type BrowserMessages = typeof german;

/** What is said of the browser and the system: why it does not work, and which of their own menus helps. */
export const messages = catalogue(german, english);

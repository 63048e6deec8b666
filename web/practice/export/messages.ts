import { catalogue } from '@sprechzimmer/design/i18n.ts';
import { german } from './messages.de.ts';
import { english } from './messages.en.ts';

/** What stands in the files of an export. */
export const exportMessages = catalogue(german, english);

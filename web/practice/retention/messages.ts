import { catalogue } from '@sprechzimmer/design/i18n.ts';
import { german } from './messages.de.ts';
import { english } from './messages.en.ts';

export const retentionMessages = catalogue(german, english);

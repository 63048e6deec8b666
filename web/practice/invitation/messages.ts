import { catalogue } from '@sprechzimmer/design/i18n.ts';
import { english } from './messages.en.ts';
import { german } from './messages.de.ts';

/** What is said about invitations, their ways and their texts. */
export const invitationMessages = catalogue(german, english);

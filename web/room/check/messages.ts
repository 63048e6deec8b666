import { catalogue } from '@sprechzimmer/design/i18n.ts';
import { english } from './messages.en.ts';
import { german } from './messages.de.ts';

export type CheckMessages = typeof german;

/** What is said while camera, microphone, loudspeaker and line are tried out. */
export const messages = catalogue(german, english);

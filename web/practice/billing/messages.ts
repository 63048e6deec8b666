import { catalogue } from '@sprechzimmer/design/i18n.ts';
import { german } from './messages.de.ts';
import { english } from './messages.en.ts';

/** What is said about plans, their limits, and the counts for billing. */
export const billingMessages = catalogue(german, english);

import type { german } from './messages.de.ts';

const number = new Intl.NumberFormat('en-GB');

export const english = {
  title: 'Contacts',
  emptyTitle: 'No contacts yet',
  empty:
    'Here are people whom you invite more than once: name, e-mail address, telephone and language. You need not type them in again for the next appointment.',
  noFile:
    'Contacts are no patient file: findings and notes belong in your practice software. Contacts are stored encrypted: only your practice can read them.',
  add: 'Add contact',
  search: 'Search',
  searchHint: 'By name, e-mail address or telephone number',
  count: (shown, all) =>
    shown === all
      ? `${number.format(all)} ${all === 1 ? 'contact' : 'contacts'}`
      : `${number.format(shown)} of ${number.format(all)} contacts`,
  loading: 'Contacts are being loaded …',
  nobody: 'No contact matches. Check the spelling, or add the person.',
  more: 'Show more',
  unreadable: (count) =>
    count === 1
      ? 'One contact cannot be opened on this device.'
      : `${number.format(count)} contacts cannot be opened on this device.`,
  again: 'Try again',
  plan: 'Plan appointment',
  planFor: (name) => `Plan appointment with ${name}`,
  functions: 'More',
  functionsFor: (name) => `More about ${name}`,
  call: 'Video call',
  edit: 'Edit',
  remove: 'Delete',
  language: { de: 'German', en: 'English' },
  titleNew: 'New contact',
  titleEdit: 'Edit contact',
  lead: 'Only what you need to invite them.',
  name: 'Name',
  nameMissing: 'Please enter the name.',
  email: 'E-mail address',
  telephone: 'Telephone',
  languageLabel: 'Language of the invitation',
  save: 'Save contact',
  saved: (name) => `${name} is saved.`,
  conflict: 'Someone has changed this contact meanwhile. What you entered is still here.',
  conflictKeep: 'Save what I entered',
  conflictLoad: 'Load the new state',
  gone: 'Someone has deleted this contact meanwhile. What you entered is still here.',
  goneKeep: 'Save as a new contact',
  full: 'A practice cannot keep more than 10,000 contacts. Please delete old ones before you add new ones.',
  removeTitle: (name) => `Delete the contact “${name}”?`,
  removeText: 'Appointments with this person stay as they are.',
  removeConfirm: 'Delete',
  removeKeep: 'Keep',
  removing: 'Deleting …',
  removed: (name) => `${name} is deleted.`,
  undo: 'Undo',
  restored: (name) => `${name} is back.`,
  notKept: (names) =>
    `The appointment is saved. ${names} could not be kept as a contact yet: you can add them under “Contacts”.`,
  suggestions: (count) => {
    if (count === 0) return 'Nobody among the contacts matches.';
    return count === 1 ? 'One suggestion from the contacts' : `${count} suggestions from the contacts`;
  },
} satisfies typeof german;

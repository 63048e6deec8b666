import type { german } from './messages.de.ts';

export const english = {
  label: 'More settings',
  templates: { title: 'Invitations', lead: 'Texts for e-mail, SMS and letter, logo, time of sending' },
  consent: { title: 'Consent', lead: 'Your text, and whether it is asked for before the talk' },
  billing: { title: 'Billing', lead: 'Video consultations per quarter, share and cap' },
  network: {
    title: 'Network and firewall',
    lead: 'Check the line of the practice, and what the firewall has to let through',
  },
  retention: { title: 'Data and deletion', lead: 'How long, deletion log, export, delete the practice' },
} satisfies typeof german;

import { catalogue } from '@sprechzimmer/design/i18n.ts';

/** What a firewall has to let through, for whoever runs the network of a practice. */
const german = {
  title: 'Netz und Firewall',
  lead: 'Prüft, ob Videosprechstunden durch das Netz Ihrer Praxis kommen, und nennt Ihrer Technik, was offen sein muss.',
  testHeading: 'Leitung dieser Praxis prüfen',
  testLead: 'Am besten am Gerät und im Netz, von dem aus Sie Sprechstunde halten.',
  portsHeading: 'Was die Firewall durchlassen muss',
  portsLead:
    'Die Liste nennt die Adressen und Ports dieses Servers. Geben Sie sie Ihrer Technik, ausgedruckt oder als Link.',
  openList: 'Liste für Ihre Technik öffnen',
  noRelay:
    'An diesem Server ist keine Zwischenstelle eingerichtet. Ohne sie kommen Gespräche nur direkt zustande. Bitte fragen Sie Ihren Betreiber danach.',
};

const english = {
  title: 'Network and firewall',
  lead: 'Checks whether video consultations get through the network of your practice, and tells your IT staff what has to be open.',
  testHeading: 'Check the line of this practice',
  testLead: 'Best on the device and in the network from which you hold your consultations.',
  portsHeading: 'What the firewall has to let through',
  portsLead:
    'The list names the addresses and ports of this server. Give it to your IT staff, printed or as a link.',
  openList: 'Open the list for your IT staff',
  noRelay:
    'No relay is set up on this server. Without it, consultations work on a direct path only. Please ask your operator for one.',
} satisfies typeof german;

export const networkMessages = catalogue(german, english);

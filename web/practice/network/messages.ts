import { catalogue } from '@sprechzimmer/design/i18n.ts';

/** What a firewall has to let through, for whoever runs the network of a practice. */
const german = {
  title: 'Netz und Firewall',
  lead: 'Prüft, ob Videosprechstunden durch das Netz Ihrer Praxis kommen, und nennt Ihrer Technik, was offen sein muss.',
  testHeading: 'Leitung dieser Praxis prüfen',
  testLead: 'Am besten am Gerät und im Netz, von dem aus Sie Sprechstunde halten.',
  portsHeading: 'Was die Firewall durchlassen muss',
  portsLead:
    'Nach außen, und die Antworten zurück. Am besten ist UDP. Ist UDP gesperrt, genügt ein einziger der anderen Wege; Bild und Ton werden dann etwas träger.',
  target: 'Wofür',
  protocol: 'Protokoll',
  ports: 'Ports',
  rows: {
    web: 'Praxis-App und Videoseite',
    udp: 'Zwischenstelle, STUN und TURN',
    tcp: 'Zwischenstelle, wenn UDP gesperrt ist',
    tls: 'Zwischenstelle, verschlüsselt',
    media: 'Bild und Ton von der Zwischenstelle',
    direct: 'Bild und Ton direkt zwischen den Geräten',
  },
  any: 'beliebige',
  hosts: (names: string) => `Adresse der Zwischenstelle: ${names}`,
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
    'Outwards, and the answers back. UDP is best. Where UDP is blocked, one of the other ways is enough; picture and sound then lag a little.',
  target: 'What for',
  protocol: 'Protocol',
  ports: 'Ports',
  rows: {
    web: 'Practice app and video page',
    udp: 'Relay, STUN and TURN',
    tcp: 'Relay, where UDP is blocked',
    tls: 'Relay, encrypted',
    media: 'Picture and sound from the relay',
    direct: 'Picture and sound directly between the devices',
  },
  any: 'any',
  hosts: (names) => `Address of the relay: ${names}`,
  noRelay:
    'No relay is set up on this server. Without it, consultations work on a direct path only. Please ask your operator for one.',
} satisfies typeof german;

export const networkMessages = catalogue(german, english);

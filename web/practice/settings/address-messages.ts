import { catalogue } from '@sprechzimmer/design/i18n.ts';

const german = {
  title: 'IP-Adressen im Gespräch',
  hide: 'IP-Adresse verbergen',
  usual:
    'Sonst sprechen die beiden Browser auf dem kürzesten Weg miteinander. Dabei erfährt jede Seite die IP-Adresse der anderen, und daraus ungefähr den Ort und den Anschluss.',
  hidden:
    'Mit dieser Einstellung geht jedes Gespräch verschlüsselt über eine Zwischenstelle Ihres Betreibers. Die Zwischenstelle kann nichts sehen oder hören.',
  cost: 'Dafür kommen Bild und Ton etwas später an. Fällt die Zwischenstelle aus, ist kein Gespräch möglich.',
  from: 'Gilt für alle, die von jetzt an ins Wartezimmer kommen. Gastgeber-Codes, die es schon gibt, bleiben, wie sie sind.',
  noRelay:
    'Das geht hier noch nicht: Ihr Betreiber hat keine Zwischenstelle eingerichtet. Bitte fragen Sie ihn danach.',
  relayGone:
    'Ihr Betreiber hat keine Zwischenstelle mehr. Solange IP-Adressen verborgen werden, ist kein Gespräch möglich.',
  saved: 'Gespeichert.',
};

const english: typeof german = {
  title: 'IP addresses in a consultation',
  hide: 'Hide IP address',
  usual:
    'Otherwise the two browsers talk to each other on the shortest path. Each side then learns the IP address of the other, and from it roughly the place and the provider.',
  hidden:
    'With this setting every consultation goes, encrypted, through a relay of your operator. The relay can see and hear nothing.',
  cost: 'In return picture and sound arrive a little later. If the relay fails, no consultation is possible.',
  from: 'Holds for everyone who comes into the waiting room from now on. Host codes that exist already stay as they are.',
  noRelay: 'Not possible here yet: your operator has not set up a relay. Please ask for one.',
  relayGone:
    'Your operator has no relay any more. As long as IP addresses are hidden, no consultation is possible.',
  saved: 'Saved.',
};

export const addressMessages = catalogue(german, english);

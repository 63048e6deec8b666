import { catalogue } from '@sprechzimmer/design/i18n.ts';

/** What is said about a shared screen once somebody has chosen to share one. */
const german = {
  title: 'Bildschirm teilen',
  close: '„Bildschirm teilen“ schließen',
  before: {
    host: 'Ihr Browser fragt gleich, was Sie zeigen möchten. Wählen Sie am besten ein einzelnes Fenster: In der Praxissoftware stehen vielleicht auch andere Namen.',
    participant:
      'Ihr Browser fragt gleich, was Sie zeigen möchten. Wählen Sie am besten ein einzelnes Fenster. Die Praxis sieht alles, was darin zu sehen ist.',
  },
  choose: 'Auswählen und teilen',
  blocked:
    'Ihr Computer lässt den Browser den Bildschirm nicht aufnehmen. Erlauben Sie es in den Einstellungen des Systems unter „Datenschutz“ und versuchen Sie es noch einmal.',
  failed: 'Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.',
  mine: 'Sie teilen Ihren Bildschirm.',
  theirs: (name: string) => `Bildschirm von ${name}`,
  tookOver: (name: string) => `${name} teilt jetzt den Bildschirm. Ihre Freigabe ist beendet.`,
  stop: 'Teilen beenden',
  coming: 'Das Bild kommt gleich.',
  arrow: 'Pfeil',
  drawing: 'Ziehen oder tippen Sie, wohin der Pfeil zeigen soll.',
  surface:
    'Pfeil zeichnen: Pfeiltasten bewegen das Kreuz, Eingabe setzt den Pfeil, Escape beendet das Zeichnen.',
  drawn: 'Der Pfeil ist gesetzt.',
  clear: 'Pfeil weg',
  larger: 'Größer',
  smaller: 'Kleiner',
  fullScreen: 'Vollbild',
  leaveFullScreen: 'Vollbild verlassen',
  picture: 'Geteilter Bildschirm',
};

const english = {
  title: 'Share screen',
  close: 'Close screen sharing',
  before: {
    host: 'Your browser will ask what you want to show. It is best to choose a single window: your practice software may show other names too.',
    participant:
      'Your browser will ask what you want to show. It is best to choose a single window. The practice sees everything in it.',
  },
  choose: 'Choose and share',
  blocked:
    'Your computer does not let the browser record the screen. Allow it in the system settings under “Privacy” and try again.',
  failed: 'That did not work. Please try again.',
  mine: 'You are sharing your screen.',
  theirs: (name) => `Screen of ${name}`,
  tookOver: (name) => `${name} is sharing their screen now. Yours is no longer shared.`,
  stop: 'Stop sharing',
  coming: 'The picture is on its way.',
  arrow: 'Arrow',
  drawing: 'Drag or tap to where the arrow should point.',
  surface: 'Draw an arrow: arrow keys move the cross, Enter sets the arrow, Escape ends drawing.',
  drawn: 'The arrow is set.',
  clear: 'Clear arrow',
  larger: 'Larger',
  smaller: 'Smaller',
  fullScreen: 'Full screen',
  leaveFullScreen: 'Leave full screen',
  picture: 'Shared screen',
} satisfies typeof german;

export const messages = catalogue(german, english);

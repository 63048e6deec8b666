import { catalogue } from '@sprechzimmer/design/i18n.ts';

/** The consulting room as the practice app opens it. */
const german = {
  open: 'Sprechzimmer öffnen',
  show: 'Sprechzimmer zeigen',
  hint: 'Öffnet ein kleines Fenster oben am Bildschirm. Dort sehen Sie, wer wartet. Lassen Sie es während der Sprechzeit offen.',
  opened: {
    window: 'Ihr Sprechzimmer ist in einem eigenen Fenster offen.',
    tab: 'Ihr Sprechzimmer ist in einem eigenen Tab offen. Lassen Sie ihn während der Sprechzeit offen.',
  },
  blockedTitle: 'Ihr Browser hat das Fenster nicht geöffnet',
  blocked: 'Es geht auch in einem Tab, mit allem, was dazugehört:',
  inTab: 'Sprechzimmer im Tab öffnen',
  allow: 'So geht es das nächste Mal im eigenen Fenster',
  allowIn: {
    chromium:
      'Klicken Sie rechts in der Adresszeile auf das Zeichen mit dem durchgestrichenen Fenster. Wählen Sie „Pop-ups und Weiterleitungen immer zulassen“, dann „Fertig“.',
    firefox:
      'Klicken Sie oben in der gelben Leiste auf „Einstellungen“ und dann auf „Pop-ups erlauben“ für diese Seite.',
    safari:
      'Wählen Sie im Menü „Safari“ den Punkt „Einstellungen für diese Website“, und stellen Sie „Pop-up-Fenster“ auf „Erlauben“.',
  },
  allowElse:
    'Hilft das nicht, verhindert vielleicht eine Erweiterung oder eine Vorgabe Ihrer Einrichtung, dass sich das Fenster öffnet. Im Tab geht es immer.',
  ticketFailed:
    'Das Sprechzimmer ist offen, aber noch nicht verbunden: Der Server hat nicht geantwortet. Versuchen Sie es noch einmal.',
};

const english = {
  open: 'Open consulting room',
  show: 'Show consulting room',
  hint: 'Opens a small window at the top of the screen. It shows who is waiting. Keep it open during consulting hours.',
  opened: {
    window: 'Your consulting room is open in a window of its own.',
    tab: 'Your consulting room is open in a tab of its own. Keep it open during consulting hours.',
  },
  blockedTitle: 'Your browser did not open the window',
  blocked: 'A tab will do as well, with all that belongs to it:',
  inTab: 'Open the consulting room in a tab',
  allow: 'How to have it in a window of its own next time',
  allowIn: {
    chromium:
      'Click the sign with the crossed-out window at the right of the address bar. Choose “Always allow pop-ups and redirects”, then “Done”.',
    firefox: 'Click “Preferences” in the yellow bar at the top, then “Allow pop-ups” for this page.',
    safari: 'In the “Safari” menu choose “Settings for this website”, and set “Pop-up windows” to “Allow”.',
  },
  allowElse:
    'If that does not help, an extension or a rule of your organisation may be blocking the window. A tab always works.',
  ticketFailed:
    'The consulting room is open, but not connected yet: the server did not answer. Please try again.',
} satisfies typeof german;

export const messages = catalogue(german, english);

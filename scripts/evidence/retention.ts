import type { Table } from './page.ts';

/** docs/retention.md in short and in German: table, what is in it, for how long. */
const rows: [string, string, string][] = [
  [
    'appointment',
    'Tag, Praktiker, ob gehalten; alles andere verschlossen',
    'Wahl der Praxis, 1 bis 90 Tage nach dem Termin, nie länger als die Grenze des Betreibers; sofort bei Absage',
  ],
  [
    'invitation',
    'Hash der Kennung, verschlossene Karte, wann geöffnet und benutzt',
    'bis zum Ende des Tages nach dem Termin; sofort beim Widerruf',
  ],
  ['host_code', 'dasselbe für das Ende der Praxis', 'bis zum Ende des Tages nach dem Termin'],
  ['consent', 'Antwort eines Teilnehmers, verschlossen', 'wie der Termin'],
  [
    'delivery',
    'Stand einer Nachricht; Adresse und Text verschlüsselt',
    'Inhalt bis zum Senden, höchstens einen Tag; Stand wie die Einladung, Absagen 14 Tage',
  ],
  ['host_ticket', 'Hash des Scheins für ein Sprechzimmer-Fenster', 'bis zum Ende des Tages'],
  [
    'practice',
    'Zufallskennung, Zeitzone, Tarif, Einstellungen',
    'bis die Praxis oder der Betreiber sie löscht',
  ],
  [
    'practice_user',
    'E-Mail-Adresse, Hash des Passworts, Rolle',
    'bis der Benutzer entfernt wird, oder mit der Praxis',
  ],
  ['device', 'öffentliche Schlüssel, zuletzt gesehen', 'bis es entfernt wird, oder mit der Praxis'],
  [
    'practice_key_wrap',
    'Praxisschlüssel, für ein Gerät verschlossen',
    'mit dem Gerät; alte, wenn nichts sie mehr braucht',
  ],
  [
    'recovery_sheet',
    'Hash der Kennung des Blatts, verschlossene Schlüssel',
    'bis zu einem neuen Blatt, oder mit der Praxis',
  ],
  ['recovery_key_wrap', 'Praxisschlüssel, für das Blatt verschlossen', 'wie das Blatt'],
  ['membership_entry', 'unterschriebene Liste der Mitglieder, ohne Namen', 'so lange wie die Praxis'],
  ['profile', 'Namen, Texte, Bilder, verschlossen', 'mit Benutzer, Gerät oder Praxis'],
  [
    'contact',
    'Menschen, die wieder eingeladen werden, verschlossen',
    'bis die Praxis sie entfernt, oder mit der Praxis',
  ],
  ['totp', 'Geheimnis der Einmalcodes', 'bis es entfernt wird, oder mit dem Benutzer'],
  ['passkey', 'öffentlicher Schlüssel', 'bis er entfernt wird, oder mit dem Benutzer'],
  ['recovery_code', 'Hashes der Ersatzcodes', 'bis benutzt, oder mit dem letzten zweiten Faktor'],
  ['device_request', 'Anfrage eines Browsers um Freigabe', 'bis sie abläuft'],
  ['practice_deletion', 'wann eine Praxis gelöscht wird', 'bis es zurückgenommen oder getan ist'],
  ['plan_request', 'gewünschter Tarif', 'bis er beantwortet oder zurückgenommen ist'],
  ['session', 'Hash, Benutzer, Gerät', 'bis zur Abmeldung, höchstens 16 Stunden'],
  ['sign_in_challenge', 'Zufall', 'bis benutzt, höchstens zwei Minuten'],
  ['passkey_challenge', 'Zufall', 'bis benutzt oder abgelaufen'],
  ['used_signature', 'einmalige Nummern von Anfragen', 'zehn Minuten'],
  [
    'security_event',
    'Art, Zufallskennungen von Benutzer und Gerät',
    '90 Tage, nie länger als die Grenze des Betreibers',
  ],
  [
    'consultation_count',
    'Zahl je Monat und Praktiker',
    'je Praktiker zwölf Quartale, dann eine Zahl der Praxis, solange es sie gibt',
  ],
  ['case_count', 'Fälle je Quartal', 'wie oben'],
  ['deletion_log', 'was gelöscht wurde, in Zahlen', 'drei Kalenderjahre nach dem eigenen'],
  ['admin_log', 'was der Betreiber tat, ohne Personen', 'drei Kalenderjahre nach dem eigenen'],
  ['built_file', 'Dateien der Programme selbst', 'acht Tage, nachdem kein Server sie mehr ausliefert'],
  ['plan', 'was ein Tarif erlaubt', 'bis der Betreiber ihn ändert'],
  ['billing_cap', 'Anteil abrechenbarer Videosprechstunden', 'bis der Betreiber ihn ändert'],
];

export const retentionTable: Table = {
  caption: 'Jede Tabelle der Datenbank, ihr Inhalt und ihre Frist',
  head: ['Tabelle', 'Inhalt', 'Frist'],
  rows,
};

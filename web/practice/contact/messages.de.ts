const number = new Intl.NumberFormat('de-DE');

export const german = {
  title: 'Kontakte',
  emptyTitle: 'Noch keine Kontakte',
  empty:
    'Hier stehen Menschen, die Sie öfter einladen: Name, E-Mail-Adresse, Telefon und Sprache. So müssen Sie sie beim nächsten Termin nicht neu eintippen.',
  noFile:
    'Kontakte sind keine Patientenakte: Befunde und Notizen gehören in Ihre Praxissoftware. Die Kontakte sind verschlüsselt, und nur Ihre Praxis kann sie lesen.',
  add: 'Kontakt hinzufügen',
  search: 'Suchen',
  searchHint: 'Nach Name, E-Mail-Adresse oder Telefonnummer',
  count: (shown: number, all: number) =>
    shown === all
      ? `${number.format(all)} ${all === 1 ? 'Kontakt' : 'Kontakte'}`
      : `${number.format(shown)} von ${number.format(all)} Kontakten`,
  loading: 'Kontakte werden geladen …',
  nobody: 'Kein Kontakt passt dazu. Prüfen Sie die Schreibweise, oder fügen Sie die Person hinzu.',
  more: 'Weitere anzeigen',
  unreadable: (count: number) =>
    count === 1
      ? 'Ein Kontakt lässt sich auf diesem Gerät nicht öffnen.'
      : `${number.format(count)} Kontakte lassen sich auf diesem Gerät nicht öffnen.`,
  again: 'Noch einmal versuchen',
  plan: 'Termin planen',
  planFor: (name: string) => `Termin planen mit ${name}`,
  functions: 'Mehr',
  functionsFor: (name: string) => `Mehr zu ${name}`,
  call: 'Videoanruf',
  edit: 'Bearbeiten',
  remove: 'Löschen',
  language: { de: 'Deutsch', en: 'Englisch' },
  titleNew: 'Neuer Kontakt',
  titleEdit: 'Kontakt bearbeiten',
  lead: 'Nur, was Sie zum Einladen brauchen.',
  name: 'Name',
  nameMissing: 'Bitte geben Sie den Namen an.',
  email: 'E-Mail-Adresse',
  telephone: 'Telefon',
  languageLabel: 'Sprache der Einladung',
  save: 'Kontakt speichern',
  saved: (name: string) => `${name} ist gespeichert.`,
  conflict: 'Jemand hat diesen Kontakt inzwischen geändert. Ihre Eingaben stehen noch hier.',
  conflictKeep: 'Meine Eingaben speichern',
  conflictLoad: 'Neuen Stand laden',
  gone: 'Jemand hat diesen Kontakt inzwischen gelöscht. Ihre Eingaben stehen noch hier.',
  goneKeep: 'Als neuen Kontakt speichern',
  full: 'Mehr als 10.000 Kontakte kann eine Praxis nicht aufheben. Bitte löschen Sie alte, bevor Sie neue anlegen.',
  removeTitle: (name: string) => `Kontakt „${name}“ löschen?`,
  removeText: 'Termine mit dieser Person bleiben, wie sie sind.',
  removeConfirm: 'Löschen',
  removeKeep: 'Behalten',
  removing: 'Wird gelöscht …',
  removed: (name: string) => `${name} ist gelöscht.`,
  undo: 'Rückgängig',
  restored: (name: string) => `${name} ist wieder da.`,
  notKept: (names: string) =>
    `Der Termin ist gespeichert. Als Kontakt gemerkt ist ${names} noch nicht: Das können Sie unter „Kontakte“ nachholen.`,
  suggestions: (count: number) => {
    if (count === 0) return 'Niemand aus den Kontakten passt dazu.';
    return count === 1 ? 'Ein Vorschlag aus den Kontakten' : `${count} Vorschläge aus den Kontakten`;
  },
};

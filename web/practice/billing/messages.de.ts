const percent = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 1 });

export const german = {
  title: 'Abrechnung',
  lead: 'Wie viele Videosprechstunden es je Quartal waren. Es sind Zahlen ohne Namen von Patienten; sie bleiben, wenn die Termine gelöscht werden.',
  quarter: 'Quartal',
  quarterName: (year: string, number: string) => `${number}. Quartal ${year}`,
  loading: 'Die Zahlen werden geladen …',
  again: 'Noch einmal versuchen',
  former: (number: number | undefined) => (number === undefined ? 'Ehemalige' : `Ehemalige (${number})`),
  consultations: 'Videosprechstunden',
  cases: 'Behandlungsfälle insgesamt',
  casesHint:
    'Die Behandlungsfälle tragen Sie aus Ihrer Praxissoftware ein. Sie werden gespeichert, sobald Sie das Feld verlassen.',
  casesWrong: 'Bitte geben Sie eine Zahl ohne Komma an.',
  saving: 'Wird gespeichert …',
  saved: 'Gespeichert.',
  share: 'Anteil',
  shareUnknown: 'offen',
  shareOf: (share: number) => `${percent.format(share)} %`,
  total: 'Praxis gesamt',
  near: (share: number, cap: number) =>
    `${percent.format(share)} % aller Fälle sind nahe an der Obergrenze von ${percent.format(cap)} %.`,
  over: (share: number, cap: number) =>
    `${percent.format(share)} % aller Fälle sind mehr als die Obergrenze von ${percent.format(cap)} %. Was darüber liegt, wird möglicherweise nicht vergütet.`,
  cap: (cap: number, day: string, source: string) =>
    `Obergrenze in diesem Quartal: ${percent.format(cap)} %, gültig ab ${day} (${source}).`,
  noCap: 'Für dieses Quartal ist keine Obergrenze hinterlegt.',
  caveat:
    'Gezählt wird jedes Gespräch: Wer zweimal da war, zählt zweimal, auch wer im Quartal zusätzlich in der Praxis war. Für die Obergrenze zählen meist nur Fälle, die ausschließlich per Video behandelt wurden. Was gilt, sagt Ihre Kassenärztliche Vereinigung.',
  download: 'Als Tabelle speichern (CSV)',
  nobody: 'In diesem Quartal gibt es niemanden, der Sprechstunden hält.',
  table: {
    quarter: 'Quartal',
    name: 'Behandelnde',
    consultations: 'Videosprechstunden',
    cases: 'Behandlungsfälle',
    share: 'Anteil in %',
    cap: 'Obergrenze in %',
    source: 'Quelle',
  },
  fileName: (quarter: string) => `videosprechstunden-${quarter}.csv`,
  usage: (held: number, max: number | null, planned: number) => {
    const all = max === null ? `${held}` : `${held} von ${max}`;
    const more = planned === 0 ? '' : ` und ${planned} geplant`;
    return `${all} Videosprechstunden in diesem Monat${more}.`;
  },
  usageMeter: 'Verbrauchte und geplante Videosprechstunden in diesem Monat',
  usageNear: (left: number) =>
    left === 1
      ? 'In diesem Monat ist noch eine Videosprechstunde frei.'
      : `In diesem Monat sind noch ${left} Videosprechstunden frei.`,
  usageFull:
    'Für diesen Monat lassen sich keine weiteren Termine anlegen. Was vereinbart ist, findet statt, und kein Gespräch wird abgebrochen.',
  usageTitleNear: 'Ihr Tarif ist fast ausgeschöpft',
  usageTitleFull: 'Ihr Tarif ist für diesen Monat ausgeschöpft',
  toPlan: 'Zum Tarif',
  limits: {
    users: (max: number | null) => {
      if (max === null) return 'Beliebig viele Benutzer, beliebig viele Geräte';
      return max === 1
        ? 'Ein Benutzer, beliebig viele Geräte'
        : `Bis zu ${max} Benutzer, beliebig viele Geräte`;
    },
    participants: (max: number | null) => {
      if (max === null) return 'Gespräche mit bis zu 9 Personen';
      return max === 1 ? 'Gespräche zu zweit' : `Gespräche mit bis zu ${max} Personen`;
    },
    consultations: (max: number | null) =>
      max === null ? 'Beliebig viele Videosprechstunden' : `Bis zu ${max} Videosprechstunden im Monat`,
    mail: (has: boolean): string =>
      has ? 'Einladungen per E-Mail vom Server' : 'Einladungen mit Ihrem eigenen E-Mail-Programm',
    sms: (has: boolean): string => (has ? 'Einladungen per SMS' : 'Keine Einladungen per SMS'),
  },
};

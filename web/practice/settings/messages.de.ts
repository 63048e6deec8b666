export const german = {
  label: 'Weitere Einstellungen',
  templates: { title: 'Einladungen', lead: 'Texte für E-Mail, SMS und Brief, Logo, Uhrzeit des Versands' },
  consent: { title: 'Einwilligung', lead: 'Ihr Text, und ob vor dem Gespräch danach gefragt wird' },
  billing: { title: 'Abrechnung', lead: 'Videosprechstunden je Quartal, Anteil und Obergrenze' },
  network: {
    title: 'Netz und Firewall',
    lead: 'Leitung der Praxis prüfen, und was die Firewall durchlassen muss',
  },
  retention: { title: 'Daten und Löschung', lead: 'Aufbewahrung, Löschprotokoll, Export, Praxis löschen' },
};

/** Whoever runs this server answers for these: their texts are the operator's own. */
export const operatorPages = ['nutzungsbedingungen', 'datenschutz', 'impressum'] as const;
export type OperatorPage = (typeof operatorPages)[number];

/** The product's own, in the order in which the index names them. */
export const helpPages = [
  'hilfe',
  'hilfe/erste-schritte-patienten',
  'hilfe/erste-schritte-praxis',
  'hilfe/kamera-und-mikrofon',
  'hilfe/browser',
  'hilfe/lesezeichen',
  'hilfe/e-mail-programm',
  'hilfe/datenvolumen',
  'hilfe/firewall',
] as const;

export type PageName = OperatorPage | (typeof helpPages)[number];
export const pageNames: readonly PageName[] = [...helpPages, ...operatorPages];

/** Of the frame around each page, and of the product's own texts. */
export const productLanguages = ['de', 'en'] as const;
export type ProductLanguage = (typeof productLanguages)[number];

/** German is at `/impressum`, every other language at `/en/impressum`. */
export function pathOf(name: PageName, language: string): string {
  return language === 'de' ? `/${name}` : `/${language}/${name}`;
}

/** `impressum.md` is German, `impressum.en.md` English. */
export function fileOf(name: string, language: string): string {
  return language === 'de' ? `${name}.md` : `${name}.${language}.md`;
}

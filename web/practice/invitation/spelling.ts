import { groupCode } from '@sprechzimmer/crypto/code.ts';
import type { InvitationLanguage } from '@sprechzimmer/protocol/invitation.ts';

/** DIN 5009:2022, and the digits as one says them on the telephone. */
const german: Record<string, string> = {
  0: 'null',
  1: 'eins',
  2: 'zwo',
  3: 'drei',
  4: 'vier',
  5: 'fünf',
  6: 'sechs',
  7: 'sieben',
  8: 'acht',
  9: 'neun',
  A: 'Aachen',
  B: 'Berlin',
  C: 'Chemnitz',
  D: 'Düsseldorf',
  E: 'Essen',
  F: 'Frankfurt',
  G: 'Goslar',
  H: 'Hamburg',
  J: 'Jena',
  K: 'Köln',
  M: 'München',
  N: 'Nürnberg',
  P: 'Potsdam',
  Q: 'Quickborn',
  R: 'Rostock',
  S: 'Salzwedel',
  T: 'Tübingen',
  V: 'Völklingen',
  W: 'Wuppertal',
  X: 'Xanten',
  Y: 'Ypsilon',
  Z: 'Zwickau',
};

/** The radiotelephony alphabet of ICAO and NATO. */
const english: Record<string, string> = {
  0: 'zero',
  1: 'one',
  2: 'two',
  3: 'three',
  4: 'four',
  5: 'five',
  6: 'six',
  7: 'seven',
  8: 'eight',
  9: 'nine',
  A: 'Alfa',
  B: 'Bravo',
  C: 'Charlie',
  D: 'Delta',
  E: 'Echo',
  F: 'Foxtrot',
  G: 'Golf',
  H: 'Hotel',
  J: 'Juliett',
  K: 'Kilo',
  M: 'Mike',
  N: 'November',
  P: 'Papa',
  Q: 'Quebec',
  R: 'Romeo',
  S: 'Sierra',
  T: 'Tango',
  V: 'Victor',
  W: 'Whiskey',
  X: 'X-ray',
  Y: 'Yankee',
  Z: 'Zulu',
};

export type SpelledSymbol = { symbol: string; word: string };

/** A code as it is read out: groups of four, each symbol with its word. */
export function spellCode(code: string, language: InvitationLanguage): SpelledSymbol[][] {
  const words = language === 'en' ? english : german;
  return groupCode(code)
    .split('-')
    .map((group) => Array.from(group, (symbol) => ({ symbol, word: words[symbol] ?? symbol })));
}

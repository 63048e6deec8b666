/**
 * The comparison words: 256 common German nouns, one for each value of a byte.
 * The order is part of the protocol: never change it.
 */
const words = (
  'Abend Acker Adler Ahorn Amboss Ampel Amsel Anker Apfel April Auge August Balkon Bambus ' +
  'Becher Beere Berg Besen Biene Bild Birke Birne Blatt Blume Bogen Bohne Boot Brief ' +
  'Brille Brot Brunnen Buch Burg Busch Butter Dachs Dampf Daumen Decke Delfin Diamant Distel ' +
  'Donner Dorf Drachen Düne Eiche Eimer Elch Elefant Engel Ente Erbse Esel Eule Faden ' +
  'Fahne Falke Farbe Farn Feder Feige Feld Fenster Feuer Fichte Finger Fisch Flamme Floß ' +
  'Flöte Fluss Forelle Frosch Fuchs Gabel Gans Garten Geige Giraffe Glas Glocke Gold Gras ' +
  'Gurke Hafen Hafer Hagel Hahn Hammer Hand Harfe Wagen Haus Hecke Helm Hemd Herbst ' +
  'Himmel Hirsch Höhle Honig Hose Hügel Hund Igel Insel Jacke Juli Kaffee Kamel Kamin ' +
  'Kanne Karotte Karte Kastanie Katze Kerze Kessel Kette Kiefer Kiesel Kirsche Kissen Klavier Klee ' +
  'Knopf Koffer Komet König Korb Korken Krebs Krone Kuchen Kugel Kürbis Lampe Laterne Leiter ' +
  'Lerche Licht Linde Löffel Löwe Atlas Mais Mandel Mantel Marmor Holz Meer Melone Messer ' +
  'Milch Mohn Mond Moos Möwe Mühle Muschel Mütze Nacht Nadel Allee Jäger Nebel Nelke ' +
  'Nest Nuss Ofen Oktober Olive Orgel Otter Palme Papier Perle Pfanne Pfeffer Pferd Pilz ' +
  'Pinsel Planet Pudel Quelle Rabe Rakete Regen Reh Ring Ritter Robbe Rose Rübe Salz ' +
  'Gebirge Schaf Schal Schere Schiff Schlitten Schnee Schuh Schwan Segel Seife Seil Sessel Silber ' +
  'Sofa Sommer Sonne Spaten Specht Spiegel Spinne Stein Stern Stiefel Storch Strand Straße Tasse ' +
  'Taube Teller Tiger Tinte Tisch Tomate Topf Trommel Tulpe Turm Ufer Vase Vogel Vulkan ' +
  'Wald Wasser Weide Welle Wiese Wind Winter Wolf Wolke Wurzel Zange Zebra Zelt Ziege ' +
  'Zimt Zitrone Zug Zwiebel'
).split(' ');

export type Words = [string, string, string];

/** @param bytes at least three bytes of a handshake's root */
export function wordsFor(bytes: Uint8Array): Words {
  const [first = 0, second = 0, third = 0] = bytes;
  return [wordAt(first), wordAt(second), wordAt(third)];
}

function wordAt(value: number): string {
  const word = words[value];
  if (word === undefined) throw new TypeError('a word stands for one byte');
  return word;
}

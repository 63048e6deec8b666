import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../http/config.ts';
import { firewallTable } from './firewall-table.ts';
import { fileOf, type PageName, pageNames, type ProductLanguage, productLanguages } from './page-names.ts';

export type ProductText = { name: PageName | 'nicht-gefunden'; language: ProductLanguage; text: string };

const folder = join(import.meta.dirname, 'texts');

/** What the product brings along: help, templates of the operator's pages, and what to say where there is nothing. */
export async function readProductTexts(config: Config): Promise<ProductText[]> {
  const names = [...pageNames, 'nicht-gefunden'] as const;
  const wanted = productLanguages.flatMap((language) => names.map((name) => ({ name, language })));
  return await Promise.all(
    wanted.map(async ({ name, language }) => {
      const file = fileOf(name, language);
      const text = await readFile(join(folder, file), 'utf8');
      return { name, language, text: fillIn(text, file, valuesFor(config, language)) };
    }),
  );
}

/** What our own texts may name in `{{braces}}`, so that they say what holds for this server. */
function valuesFor(config: Config, language: ProductLanguage): Record<string, string> {
  const { practiceOrigin, roomOrigin, relay } = config;
  const noRelay =
    language === 'de'
      ? '**An diesem Server ist keine Zwischenstelle eingerichtet.** Gespräche kommen nur zustande, wo der direkte Weg offen ist.'
      : '**No relay is set up on this server.** Consultations work only where the direct way is open.';
  return {
    praxis: practiceOrigin,
    video: roomOrigin,
    'praxis-adresse': new URL(practiceOrigin).host,
    'video-adresse': new URL(roomOrigin).host,
    'firewall-tabelle': firewallTable(config, language),
    'ohne-zwischenstelle': relay ? '' : noRelay,
  };
}

/** @throws Error naming the file when it asks for something unknown */
function fillIn(text: string, file: string, values: Record<string, string>): string {
  return text.replaceAll(/\{\{([^}]*)\}\}/g, (_, key: string) => {
    const value = values[key];
    if (value === undefined) throw new Error(`${file} asks for {{${key}}}, which nobody knows.`);
    return value;
  });
}

import { extname } from 'node:path';
import { type Asset, createAsset } from '../http/assets.ts';
import { readingPolicy } from '../http/security-headers.ts';
import type { OperatorFiles } from './operator-folder.ts';
import { frameIds, type Page, pageHtml } from './page-html.ts';
import { helpPages, operatorPages, type PageName, pathOf, productLanguages } from './page-names.ts';
import type { ProductText } from './product-texts.ts';
import { renderMarkdown } from './render-markdown.ts';
import type { Stylesheet } from './stylesheet.ts';
import { wordsIn } from './words.ts';

/** Every page and what it needs, by path, ready to be sent: nothing of the disk is in reach of a request. */
export type Site = {
  assets: Map<string, Asset>;
  /** By the language of the frame. */
  notFound: Record<string, string>;
};

type Text = {
  name: PageName | 'nicht-gefunden';
  language: string;
  text: string;
  isTemplate: boolean;
  pictures: ReadonlyMap<string, string>;
};

/** @param operator undefined: the product's templates stand in for the operator's pages */
export function buildSite(
  product: ProductText[],
  operator: OperatorFiles | undefined,
  stylesheet: Stylesheet,
): Site {
  const site: Site = { assets: new Map([[stylesheet.path, stylesheet.asset]]), notFound: {} };
  const pictures = operator?.pictures ?? new Map<string, Buffer>();
  const addresses = new Map([...pictures.keys()].map((name) => [name, `/seiten/${name}`]));
  const own: Text[] = (operator?.texts ?? []).map((text) => ({
    ...text,
    isTemplate: false,
    pictures: addresses,
  }));
  const brought: Text[] = product.map((text) => ({
    ...text,
    isTemplate: operatorPages.some((name) => name === text.name),
    pictures: new Map(),
  }));
  for (const name of [...helpPages, ...operatorPages]) {
    const ownTexts = own.filter((text) => text.name === name);
    const languages = [
      ...new Set([...productLanguages, ...ownTexts.map(({ language }) => language).toSorted()]),
    ];
    for (const language of languages) {
      const { page, shown } = makePage(name, language, languages, ownTexts, brought);
      site.assets.set(pathOf(name, language), htmlAsset(pageHtml(page, stylesheet)));
      for (const picture of shown) site.assets.set(`/seiten/${picture}`, pictureAsset(picture, pictures));
    }
  }
  for (const language of productLanguages) {
    const text = brought.find((each) => each.name === 'nicht-gefunden' && each.language === language)!;
    const { page } = fill(text, undefined, language, productLanguages);
    site.notFound[language] = pageHtml({ ...page, isTemplate: false }, stylesheet);
  }
  return site;
}

/** In this language; else what the operator has written in German; else the product's own. */
function makePage(
  name: PageName,
  language: string,
  languages: readonly string[],
  ownTexts: Text[],
  brought: Text[],
) {
  const text =
    ownTexts.find((each) => each.language === language) ??
    ownTexts.find((each) => each.language === 'de') ??
    brought.find((each) => each.name === name && each.language === language)!;
  return fill(text, name, language, languages);
}

function fill(
  { text, language: textLanguage, isTemplate, pictures }: Text,
  name: PageName | undefined,
  language: string,
  languages: readonly string[],
): { page: Page; shown: string[] } {
  const rendered = renderMarkdown(text, pictures, frameIds);
  const fallback = name ? wordsIn(language).names[name] : '';
  const heading = rendered.title === undefined ? `<h1>${fallback}</h1>\n` : '';
  return {
    page: {
      name,
      title: rendered.title || fallback,
      language,
      languages,
      html: heading + rendered.html,
      isTemplate,
      textLanguage,
    },
    shown: rendered.pictures,
  };
}

function htmlAsset(html: string): Asset {
  return createAsset(Buffer.from(html), {
    extension: '.html',
    cacheControl: 'no-cache',
    contentSecurityPolicy: readingPolicy,
  });
}

function pictureAsset(name: string, pictures: ReadonlyMap<string, Buffer>): Asset {
  return createAsset(pictures.get(name)!, {
    extension: extname(name),
    cacheControl: 'no-cache',
    contentSecurityPolicy: readingPolicy,
  });
}

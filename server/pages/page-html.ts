import { type PageName, pathOf } from './page-names.ts';
import { frameLanguage, type Words, wordsIn } from './words.ts';

export type Page = {
  /** undefined: there is no page at this address. */
  name: PageName | undefined;
  title: string;
  /** A tag of two letters. */
  language: string;
  /** Every language in which there is this page; German first. */
  languages: readonly string[];
  /** The article, headed by its title, already safe. */
  html: string;
  /** Stands in for the operator's own text. */
  isTemplate: boolean;
  /** The text is in another language than the address promises. */
  textLanguage: string;
};

/** What the frame takes for itself: the article has no such ids. */
export const frameIds = ['inhalt'];

const footerPages: PageName[] = ['hilfe', 'nutzungsbedingungen', 'datenschutz', 'impressum'];
const rightToLeft = new Set(['ar', 'fa', 'he', 'ur']);

/** The whole document: it needs one stylesheet and nothing else. */
export function pageHtml(page: Page, stylesheet: { path: string; integrity: string }): string {
  const words = wordsIn(page.language);
  const alternates = page.languages.filter((language) => language !== page.language);
  const links =
    page.name === undefined ? [] : alternates.map((language) => alternateLink(page.name!, language));
  return `<!doctype html>
<html lang="${frameLanguage(page.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="format-detection" content="telephone=no">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(page.title)} – Sprechzimmer</title>
<link rel="icon" type="image/svg+xml" href="${icon}">
<link rel="stylesheet" href="${stylesheet.path}" integrity="${stylesheet.integrity}">
${links.join('\n')}
</head>
<body>
<a class="skip-link" href="#inhalt">${words.skip}</a>
<div class="page">
<header class="page-header">
<a class="brand" href="/">${mark}Sprechzimmer</a>
${languageSwitch(page)}
</header>
${crumbs(page, words)}
<main class="page-main" id="inhalt" tabindex="-1">
${notices(page, words)}
<article${articleLanguage(page)}>
${page.html}
</article>
</main>
<footer class="page-footer">
<nav aria-label="${words.morePages}">
<ul>
${footerPages.map((name) => footerLink(name, page, words)).join('\n')}
</ul>
</nav>
</footer>
</div>
</body>
</html>
`;
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function alternateLink(name: PageName, language: string): string {
  return `<link rel="alternate" hreflang="${language}" href="${pathOf(name, language)}">`;
}

function languageSwitch({ name, language, languages }: Page): string {
  if (languages.length < 2) return '';
  const links = languages.map((each) => {
    const current = each === language ? ' aria-current="true"' : '';
    const own = new Intl.DisplayNames([each], { type: 'language' }).of(each) ?? each;
    const path = pathOf(name ?? 'hilfe', each);
    return `<a href="${path}" lang="${each}" hreflang="${each}"${current}>${escapeHtml(own)}</a>`;
  });
  return `<nav class="language-switch" aria-label="Sprache / Language">\n${links.join('\n')}\n</nav>`;
}

function crumbs({ name, language, title }: Page, words: Words): string {
  const above = name?.startsWith('hilfe/')
    ? `<li><a href="${pathOf('hilfe', frameLanguage(language))}">${words.names.hilfe}</a></li>`
    : '';
  return `<nav class="crumbs" aria-label="${words.youAreHere}">
<ol>
<li><a href="/">${words.start}</a></li>
${above}
<li><span aria-current="page">${name ? words.names[name] : escapeHtml(title)}</span></li>
</ol>
</nav>`;
}

function notices({ isTemplate, language, textLanguage }: Page, words: Words): string {
  const template = `<p class="notice"><strong>${words.templateTitle}.</strong> ${words.templateText}</p>`;
  const untranslated = `<p class="notice">${words.notTranslated}</p>`;
  return [isTemplate ? template : '', textLanguage === language ? '' : untranslated].join('');
}

function articleLanguage({ textLanguage, language }: Page): string {
  const direction = rightToLeft.has(textLanguage) ? ' dir="rtl"' : '';
  return textLanguage === frameLanguage(language) ? direction : ` lang="${textLanguage}"${direction}`;
}

function footerLink(name: PageName, page: Page, words: Words): string {
  const current = name === page.name ? ' aria-current="page"' : '';
  return `<li><a href="${pathOf(name, frameLanguage(page.language))}"${current}>${words.names[name]}</a></li>`;
}

const door = 'M9 22V10.5a5 5 0 0 1 10 0V22h-3.2v-4.6h-1.9V22z';
const mark =
  '<svg class="brand-mark" viewBox="0 0 28 28" aria-hidden="true" focusable="false">' +
  `<rect width="28" height="28" rx="8" fill="currentcolor"/><path class="door" d="${door}"/></svg>`;
const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 28 28'%3E" +
  "%3Crect width='28' height='28' rx='8' fill='%230d5c63'/%3E" +
  `%3Cpath fill='%23fff' d='${door}'/%3E%3C/svg%3E`;

import MarkdownIt, { type Token } from 'markdown-it';

/**
 * An operator's text is trusted less than code: no HTML of its own, no link but to an address that a person can read, no
 * picture but one of those beside it, nothing that our content security policy would have to allow.
 */

export type RenderedText = {
  /** The text of the heading that the page begins with; undefined when it begins with something else. */
  title: string | undefined;
  html: string;
  /** Names of the pictures in it. */
  pictures: string[];
};

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false, maxNesting: 20 });
const link = /^(#|\/(?![/\\]|%5c)|https?:\/\/|mailto:|tel:)/i;
const pictureName = /^[A-Za-z0-9_-]{1,80}\.(png|jpe?g|webp)$/;

markdown.validateLink = (address) => link.test(address) || pictureName.test(address);

/**
 * @param text Markdown
 * @param pictures addresses of the pictures that there are, by file name
 * @param reservedIds ids of the page around it
 */
export function renderMarkdown(
  text: string,
  pictures: ReadonlyMap<string, string> = new Map(),
  reservedIds: readonly string[] = [],
): RenderedText {
  const tokens = markdown.parse(text, {});
  const shown = new Set<string>();
  const title = arrangeHeadings(tokens, new Set(reservedIds));
  for (const token of tokens.flatMap((each) => [each, ...(each.children ?? [])])) {
    alignByClass(token);
    if (token.type === 'link_open') keepReadable(token);
    if (token.type === 'image') placePicture(token, pictures, shown);
  }
  return { title, html: markdown.renderer.render(tokens, markdown.options, {}), pictures: [...shown] };
}

/**
 * One heading of the first rank, none skipped after it, and an id for each, so that links lead to it.
 * @returns the title
 */
function arrangeHeadings(tokens: Token[], ids: Set<string>): string | undefined {
  let title: string | undefined;
  let rank = 1;
  let nearest: string | undefined;
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'table_open') nameTable(token, nearest);
    if (token.type !== 'heading_open') continue;
    const words = wordsOf(tokens[index + 1]);
    const isTitle = index === 0 && token.tag === 'h1';
    if (isTitle) title = words;
    rank = isTitle ? 1 : Math.min(Math.max(Number(token.tag.slice(1)), 2), rank + 1);
    token.tag = `h${rank}`;
    tokens[index + 2]!.tag = token.tag;
    nearest = freeId(words, ids);
    token.attrSet('id', nearest);
  }
  return title;
}

function wordsOf(inline: Token | undefined): string {
  return (inline?.children ?? []).map(({ content }) => content).join('');
}

function freeId(words: string, ids: Set<string>): string {
  const plain = words
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replaceAll(/([aou])\u0308/g, '$1e')
    .replaceAll(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
  const wanted = plain.slice(0, 80) || 'abschnitt';
  let id = wanted;
  for (let number = 2; ids.has(id); number++) id = `${wanted}-${number}`;
  ids.add(id);
  return id;
}

/** Of the heading above it, for whoever scrolls a wide table with the keys. */
function nameTable(table: Token, heading: string | undefined): void {
  if (heading !== undefined) table.attrSet('aria-labelledby', heading);
}

markdown.renderer.rules['table_open'] = (tokens, index, _options, _env, renderer) => {
  const named = renderer.renderAttrs(tokens[index]!);
  return `<div class="table" role="group" tabindex="0"${named}><table>\n`;
};
markdown.renderer.rules['table_close'] = () => '</table></div>\n';

/** The policy takes no `style` attributes. */
function alignByClass(token: Token): void {
  const style = attributeOf(token, 'style');
  if (!style) return;
  token.attrs = (token.attrs ?? []).filter(([name]) => name !== 'style');
  token.attrSet('class', style.replace('text-align:', 'align-'));
}

function attributeOf(token: Token, name: string): string {
  return String(token.attrGet(name) ?? '');
}

/** A picture's name is no address to go to. */
function keepReadable(token: Token): void {
  if (!link.test(attributeOf(token, 'href'))) token.attrs = [];
}

/** One that is not there is told by its words alone. */
function placePicture(token: Token, pictures: ReadonlyMap<string, string>, shown: Set<string>): void {
  const name = attributeOf(token, 'src');
  const address = pictures.get(name);
  if (address !== undefined) {
    shown.add(name);
    token.attrSet('src', address);
    return;
  }
  token.type = 'text';
  token.tag = '';
  token.content = wordsOf(token) || token.content;
  token.attrs = null;
  token.children = null;
}

export type Table = { caption: string; head: string[]; rows: string[][] };
export type Part = { heading: string; text?: string[]; table?: Table; svg?: string; verbatim?: string };

/** One German page of the evidence, complete in itself: no script, and nothing from elsewhere. */
export function page(title: string, lead: string, parts: Part[]): string {
  return [
    '<!doctype html>',
    '<html lang="de">',
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escape(title)}</title>`,
    `<style>${style}</style></head>`,
    '<body><main>',
    `<h1>${escape(title)}</h1>`,
    `<p>${escape(lead)}</p>`,
    ...parts.flatMap(renderPart),
    '</main></body>',
    '</html>',
    '',
  ].join('\n');
}

export function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A table as CSV (RFC 4180) for a spreadsheet, in which no cell becomes a formula. */
export function csv({ head, rows }: Pick<Table, 'head' | 'rows'>): string {
  const cell = (text: string): string => {
    const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n;]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
  };
  return [head, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function renderPart({ heading, text = [], table, svg, verbatim }: Part): string[] {
  return [
    `<h2>${escape(heading)}</h2>`,
    ...text.map((paragraph) => `<p>${linked(paragraph)}</p>`),
    ...(svg === undefined ? [] : [`<figure>${svg}</figure>`]),
    ...(table === undefined ? [] : renderTable(table)),
    ...(verbatim === undefined ? [] : [`<pre tabindex="0">${escape(verbatim)}</pre>`]),
  ];
}

function renderTable({ caption, head, rows }: Table): string[] {
  return [
    '<div class="wide" tabindex="0"><table>',
    `<caption>${escape(caption)}</caption>`,
    `<thead><tr>${head.map((cell) => `<th scope="col">${escape(cell)}</th>`).join('')}</tr></thead>`,
    '<tbody>',
    ...rows.map((row) => `<tr>${row.map((cell) => `<td>${linked(cell)}</td>`).join('')}</tr>`),
    '</tbody></table></div>',
  ];
}

/** Line breaks stay, and `[[file]]` leads to a file of the same folder. */
function linked(text: string): string {
  return escape(text)
    .replaceAll('\n', '<br>')
    .replaceAll(/\[\[([\w.-]+)\]\]/g, '<a href="$1">$1</a>');
}

const style = [
  'body{font:16px/1.5 system-ui,sans-serif;color:#1c2430;background:#fff;margin:0}',
  'main{max-width:76rem;margin:0 auto;padding:1.5rem}',
  'h1{font-size:1.7rem;line-height:1.2}h2{margin-top:2rem}',
  'table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:600;padding:.3rem 0}',
  'th,td{border:1px solid #8a94a3;padding:.35rem .5rem;text-align:left;vertical-align:top}',
  'th{background:#eef1f5}.wide,pre{overflow-x:auto}figure{margin:1rem 0}svg{max-width:100%;height:auto}',
  'a{color:#0b4f9c}@media print{.wide,pre{overflow:visible}pre{white-space:pre-wrap}}',
].join('');

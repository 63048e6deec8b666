const byteOrderMark = '\uFEFF';

/** One value of a table for a German Excel; numbers with a decimal comma, and no text that is a formula. */
export function tableCell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(Math.round(value * 100) / 100).replace('.', ',');
  // A name that begins like a formula must not be one.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Lines of a table: RFC 4180 with semicolons. */
export function tableLines(rows: (string | number | null | undefined)[][]): string {
  return rows.map((row) => `${row.map(tableCell).join(';')}\r\n`).join('');
}

/** The table's first line, with a mark before it that says UTF-8. */
export function tableHead(names: string[]): string {
  return byteOrderMark + tableLines([names]);
}

/** The browser reads what it saves when it likes; until then it must be there. */
export const saveTakesMs = 120_000;

/** Hands a file to the browser's downloads. It is never opened here, and has no type by which anything could be. */
export function saveFile(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), saveTakesMs);
}

/**
 * Copies a text; where the browser refuses, the text on the page is selected, ready to be copied by hand.
 * @returns whether it was copied
 */
export async function copyText(text: string, shown: Element | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (shown) getSelection()?.selectAllChildren(shown);
    return false;
  }
}

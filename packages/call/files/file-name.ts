const maxLength = 120;
const maxExtensionLength = 12;
/** Names that Windows takes for devices, whatever stands behind their first dot. */
const reserved = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])[ .]*(\.|$)/i;
/** Invisible, or turning the reading direction: control, format, private use, lone surrogates, line ends. */
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/gu;
/** Looks like a dot or a slash, and is none. */
const lookalikes = /[\u2024\uFE52\uFF0E\u2044\u2215\u29F8\uFF0F\u29F5\u29F9\uFE68\uFF3C\u3002\uFF61]/g;
// oxlint-disable-next-line no-control-regex
const forbidden = /[<>:"|?*]/g;

/**
 * The name under which a file may be shown and saved, on any system, whoever sent it. Its true ending stays at its end.
 * @returns '' when nothing is left of it
 */
export function safeFileName(name: string): string {
  const last = name.slice(-4_096).normalize('NFC').replace(invisible, '').split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replace(lookalikes, '_')
    .replace(forbidden, '_')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[. ]+/, '')
    .replace(/[. ]+$/, '');
  return shorten(reserved.test(plain) ? `_${plain}` : plain);
}

/** Behind the last dot, in lower case: what a system goes by when it opens the file. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
}

const programs = new Set(
  (
    'apk app appimage bat chm cmd com command cpl deb desktop dll dmg exe gadget hta html htm img inf iso jar js ' +
    'jse lnk mht mhtml msc msi msix msp pif pkg ps1 py rb reg rpm run scr sh svg sys url vb vbe vbs wsf wsh xhtml xll ' +
    'docm dotm pptm xlam xlsm xltm'
  ).split(' '),
);

/** Opening such a file may run something. */
export function mayRun(name: string): boolean {
  return programs.has(extensionOf(name));
}

function shorten(name: string): string {
  const symbols = Array.from(name);
  if (symbols.length <= maxLength) return name;
  const extension = extensionOf(name);
  if (extension === '' || extension.length > maxExtensionLength) return symbols.slice(0, maxLength).join('');
  const end = `.${name.slice(-extension.length)}`;
  return `${symbols
    .slice(0, maxLength - end.length)
    .join('')
    .trimEnd()}${end}`;
}

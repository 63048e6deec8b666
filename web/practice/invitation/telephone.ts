/**
 * A telephone number in international form (E.164).
 * @param countryCode for numbers written without one, such as `49`
 * @returns undefined when it is no number that could be dialled from abroad
 */
export function readTelephone(text: string, countryCode = '49'): string | undefined {
  const written = text
    .normalize('NFKC')
    .replaceAll(/\(0\)/g, '')
    .replaceAll(/[\s()./\p{Dash}]/gu, '');
  if (!/^\+?\d+$/.test(written)) return undefined;
  const digits = written.startsWith('+')
    ? written.slice(1)
    : written.startsWith('00')
      ? written.slice(2)
      : written.startsWith('0')
        ? countryCode + written.slice(1)
        : undefined;
  return digits !== undefined && /^[1-9]\d{6,14}$/.test(digits) ? `+${digits}` : undefined;
}

const maxLength = 254; // RFC 5321, 4.5.3.1.3, without the angle brackets
const maxLocalLength = 64; // RFC 5321, 4.5.3.1.1

/**
 * Whether mail can be addressed to it: a dot-atom (RFC 5322, 3.2.3), `@` and a domain with at least two labels, which may
 * be written in letters of any script. Quoted local parts, comments and bare hosts are left out: nobody gives those to a
 * practice.
 */
export function isEmailAddress(text: string): boolean {
  if (text.length > maxLength) return false;
  const [local = '', domain = '', ...rest] = text.split('@');
  if (rest.length > 0 || local.length > maxLocalLength) return false;
  return (
    /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/.test(local) &&
    /^([\p{L}\p{M}\p{N}]([\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)+[\p{L}\p{M}\p{N}-]{2,63}$/u.test(
      domain,
    )
  );
}

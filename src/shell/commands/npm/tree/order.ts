/** The order in which npm puts names: that of English dictionaries, where signs come before digits and letters. */

/** https://www.unicode.org/charts/collation/ */
const SIGNS = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";

export function compareText(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const difference = rank(a.charAt(i)) - rank(b.charAt(i));
    if (difference !== 0) return difference;
  }
  if (a.length !== b.length) return a.length - b.length;
  // The same letters: small ones first.
  return a === b ? 0 : a > b ? -1 : 1;
}

function rank(character: string): number {
  const sign = SIGNS.indexOf(character);
  return sign >= 0 ? sign : SIGNS.length + character.toLowerCase().charCodeAt(0);
}

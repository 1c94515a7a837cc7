/** Standard input is a string of bytes; `read -N` counts characters of UTF-8. */

/** How many bytes the first `count` characters take; where there are fewer, more than there are bytes. */
export function bytesOfCharacters(bytes: string, count: number): number {
  let at = 0;
  let left = count;
  while (at < bytes.length && left > 0) {
    at += 1;
    while (isContinuation(bytes[at])) at += 1;
    left -= 1;
  }
  return at + left;
}

export function isContinuation(byte: string | undefined): boolean {
  return byte !== undefined && byte >= "\u0080" && byte <= "\u00bf";
}

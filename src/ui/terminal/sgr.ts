/** Select Graphic Rendition: which parameters are let through. https://invisible-island.net/xterm/ctlseqs/ctlseqs.html */

/**
 * Without faint (2), which would halve the contrast that xterm keeps; blinking (5, 6), which accessibility forbids; and
 * concealing (8), which would hide text that copying shows.
 */
function plain(value: number): boolean {
  if (value === 2 || value === 5 || value === 6 || value === 8) return false;
  return (
    value <= 9 ||
    (value >= 21 && value <= 29 && value !== 26) ||
    (value >= 30 && value <= 49 && value !== 38 && value !== 48) ||
    value === 53 ||
    value === 55 ||
    (value >= 90 && value <= 107)
  );
}

const byte = (text: string | undefined) =>
  text !== undefined && /^\d{1,3}$/.test(text) && Number(text) <= 255;

/** How many parameters an extended colour takes from here: `38;5;n` or `38;2;r;g;b`; 0 if it is malformed. */
function extended(parameters: readonly string[], at: number): number {
  const count = parameters[at + 1] === "5" ? 3 : parameters[at + 1] === "2" ? 5 : 0;
  return count > 0 && parameters.slice(at + 2, at + count).every(byte) && at + count <= parameters.length
    ? count
    : 0;
}

/** `4:3` and the like, and extended colours written with colons. */
const SUBPARAMETERS =
  /^(4:[0-5]|[34]8:5:\d{1,3}|[34]8:2:\d{0,3}:\d{1,3}:\d{1,3}:\d{1,3}|[34]8:2(:\d{1,3}){3})$/;

/** The sequence with what is allowed of these parameters; "" if nothing is. */
export function safeSgr(body: string): string {
  const parameters = body.split(";");
  const kept: string[] = [];
  for (let i = 0; i < parameters.length;) {
    const parameter = parameters[i] as string;
    if (parameter === "38" || parameter === "48") {
      const count = extended(parameters, i);
      if (count === 0) break;
      kept.push(...parameters.slice(i, i + count));
      i += count;
      continue;
    }
    if (/^\d*$/.test(parameter) ? plain(Number(parameter)) : SUBPARAMETERS.test(parameter))
      kept.push(parameter);
    i += 1;
  }
  return kept.length === 0 ? "" : `\u001b[${kept.join(";")}m`;
}

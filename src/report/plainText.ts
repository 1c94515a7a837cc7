/** Text of strangers, made fit for one line of a table: no control characters, nothing that turns writing around. */

const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;

export function plainText(text: string, most: number): string {
  const line = text.normalize("NFC").replace(UNSEEN, " ").replace(/\s+/g, " ").trim();
  const characters = [...line];
  return characters.length <= most ? line : `${characters.slice(0, most - 1).join("")}…`;
}

/** Finds what is on the site: every word of the question must begin a word of the entry; titles count most. Pure. */

export const KINDS = ["lab", "path", "module", "term", "incident", "guide"] as const;
export type Kind = (typeof KINDS)[number];

/** One thing that can be found. */
export interface Entry {
  readonly kind: Kind;
  readonly title: string;
  readonly href: string;
  /** What it is about, in words. */
  readonly text: string;
}

export interface Hit {
  readonly entry: Entry;
  readonly score: number;
}

/** Lower case, without accents, parted into words. */
export function wordsOf(text: string): string[] {
  const plain = text
    .toLowerCase()
    .replaceAll("ß", "ss")
    .normalize("NFD")
    .replaceAll(/\p{Diacritic}/gu, "");
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** An index keeps the words of each entry, so that a question looks at words only. */
export interface Index {
  readonly entries: readonly {
    readonly entry: Entry;
    readonly title: readonly string[];
    readonly text: readonly string[];
  }[];
}

export function indexOf(entries: readonly Entry[]): Index {
  return {
    entries: entries.map((entry) => ({ entry, title: wordsOf(entry.title), text: wordsOf(entry.text) })),
  };
}

/** How well one word of the question fits: 0 is not at all. */
function fit(word: string, title: readonly string[], text: readonly string[]): number {
  if (title.includes(word)) return 12;
  if (title.some((it) => it.startsWith(word))) return 8;
  const whole = text.filter((it) => it === word).length;
  if (whole > 0) return 2 + Math.min(whole, 4) / 2;
  return text.some((it) => it.startsWith(word)) ? 1 : 0;
}

/** Best first; equal ones in the order of kinds, then of the index. */
export function search({ entries }: Index, question: string): Hit[] {
  const words = [...new Set(wordsOf(question))];
  if (words.length === 0) return [];
  return entries
    .flatMap(({ entry, title, text }): Hit[] => {
      const fits = words.map((word) => fit(word, title, text));
      if (fits.includes(0)) return [];
      const whole = title.join(" ") === words.join(" ") ? 20 : 0;
      return [{ entry, score: fits.reduce((sum, it) => sum + it, whole) }];
    })
    .sort(
      (one, other) =>
        other.score - one.score || KINDS.indexOf(one.entry.kind) - KINDS.indexOf(other.entry.kind),
    );
}

/** A piece of the text around the first word that fits, at the borders of words. */
export function excerpt(text: string, question: string, length = 150): string {
  if (text.length <= length) return text;
  const words = wordsOf(question);
  const at = [...text.matchAll(/[\p{L}\p{N}]+/gu)].find(([word]) =>
    wordsOf(word).some((it) => words.some((asked) => it.startsWith(asked))),
  );
  const from = at && at.index > length / 2 ? text.indexOf(" ", at.index - length / 2) + 1 : 0;
  const cut = text.slice(from, from + length);
  const end = from + length < text.length ? cut.lastIndexOf(" ") : cut.length;
  return `${from > 0 ? "… " : ""}${cut.slice(0, end)}${from + length < text.length ? " …" : ""}`;
}

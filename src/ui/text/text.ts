/**
 * Words of the interface. The English sentence is the key: what a catalogue lacks is shown in English, sentence by
 * sentence, and a test compares every sentence in the source with every catalogue (catalogue.test.ts).
 */

export const LANGUAGES = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof LANGUAGES;

/** English sentence → the same in another language; of plurals, each form by its English one. */
export type Catalogue = Readonly<Record<string, string>>;

type Values = Readonly<Record<string, string | number>>;

export interface Text {
  readonly language: Language;
  /**
   * `t("Hint {n} of {all}", { n: 1, all: 3 })`. Names in braces that have no value stay as they are. Where one English
   * word means two things, a note behind a bar tells them apart: `t("Key¦of a drawing")` shows "Key".
   */
  (english: string, values?: Values): string;
  /** `t.many(3, "{n} place", "{n} places")`: `n` is filled in by itself. */
  many(n: number, one: string, other: string, values?: Values): string;
}

export function textIn(language: Language, catalogue: Catalogue): Text {
  const say = (english: string, values: Values = {}) =>
    fill(Object.hasOwn(catalogue, english) ? (catalogue[english] as string) : shown(english), values);
  const plural = new Intl.PluralRules(language);
  return Object.assign(say, {
    language,
    many: (n: number, one: string, other: string, values: Values = {}) =>
      say(plural.select(n) === "one" ? one : other, { n, ...values }),
  });
}

function shown(english: string): string {
  return english.split("¦", 1)[0] as string;
}

/** Names in braces that have no value stay as they are. */
export function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
}

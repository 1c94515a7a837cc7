/** Where a page of the site stands in a language: English at the root, every other one below its name. */
import { LANGUAGES, type Language } from "./text.ts";

export function addressIn(language: Language, path: string): string {
  return language === "en" ? path : `/${language}${path}`;
}

/** The same page in each language, by an address in any of them. */
export function addressesOf(path: string): readonly (readonly [Language, string])[] {
  const [, first = ""] = path.split("/");
  const bare = first !== "en" && Object.hasOwn(LANGUAGES, first) ? path.slice(first.length + 1) || "/" : path;
  return (Object.keys(LANGUAGES) as Language[]).map((language) => [language, addressIn(language, bare)]);
}

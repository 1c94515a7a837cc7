/** The catalogues by language, for pages while they are built; a page carries only its own. */
import { parse } from "yaml";
import german from "./de.yaml?raw";
import { textIn, type Catalogue, type Language, type Text } from "./text.ts";

/** Read once: each of some hundred pages asks for them. */
const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en: {}, de: parse(german) as Catalogue };

export function catalogueOf(language: Language): Catalogue {
  return CATALOGUES[language];
}

export function textOf(language: Language): Text {
  return textIn(language, catalogueOf(language));
}

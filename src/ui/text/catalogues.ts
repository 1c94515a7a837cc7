/** The catalogues by language, for pages while they are built; a page carries only its own. */
import { parse } from "yaml";
import german from "./de.yaml?raw";
import { textIn, type Catalogue, type Language, type Text } from "./text.ts";

export function catalogueOf(language: Language): Catalogue {
  return language === "de" ? ((parse(german) as Catalogue | null) ?? {}) : {};
}

export function textOf(language: Language): Text {
  return textIn(language, catalogueOf(language));
}

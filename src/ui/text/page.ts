/** The language of the page that a script runs in, with the catalogue that the page carries. */
import { textIn, type Catalogue, type Language, type Text } from "./text.ts";

export function textOfPage(): Text {
  const catalogue = JSON.parse(document.getElementById("texts")?.textContent ?? "{}") as Catalogue;
  return textIn(document.documentElement.lang as Language, catalogue);
}

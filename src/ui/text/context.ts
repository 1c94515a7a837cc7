/** The language of the page, for its components. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { textIn, type Text } from "./text.ts";

export const TextContext = createContext<Text>(textIn("en", {}));

export function useText(): Text {
  return useContext(TextContext);
}

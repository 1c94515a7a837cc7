/** One line of a content file with its code and emphasis, as elements. */
import { inline } from "../prose/markdown.tsx";

export function Inline({ text }: { readonly text: string }) {
  return <>{inline(text)}</>;
}

/** Prose of `content/`, in a language where it has been translated (`content/<language>/<name>.md`). */
import type { MarkdownInstance } from "astro";
import type { Language } from "../ui/text/text.ts";

type Guide = MarkdownInstance<Record<string, unknown>>;

const guides = import.meta.glob<Guide>("/content/{*,??/*}.md", { eager: true });

export function guideOf(
  name: string,
  language: Language,
): { readonly content: Guide; readonly written: Language } {
  const translated = guides[`/content/${language}/${name}.md`];
  if (translated) return { content: translated, written: language };
  const english = guides[`/content/${name}.md`];
  if (!english) throw new Error(`content/${name}.md is missing`);
  return { content: english, written: "en" };
}

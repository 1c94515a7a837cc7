/** The labs of this project, compiled while the site is built. */
import { CORE } from "../attempt/core.ts";
import { compileLab, groupLabs, type CompiledLab } from "../lab/compile.ts";
import type { Language } from "../ui/text/text.ts";

const texts: Record<string, string> = import.meta.glob(
  ["/labs/*/*.{yaml,md}", "/labs/*/{cards,i18n,start,stories}/**", "/labs/*/start/files/**/.*"],
  { query: "?raw", import: "default", eager: true, exhaustive: true },
);

const compiled = (language: Language) =>
  [...groupLabs(texts)].map(([name, files]) => compileLab(name, files, CORE, language));

/** Compiled once, for nearly every page asks for them. */
const PAGES: Readonly<Record<Language, readonly CompiledLab[]>> = { en: compiled("en"), de: compiled("de") };

/** Titles and prose in a language, as far as they have been translated. */
export function labPages(language: Language = "en"): CompiledLab[] {
  return [...PAGES[language]];
}

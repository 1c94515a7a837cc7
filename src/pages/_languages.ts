/** One static page per language: what `getStaticPaths` of the pages below `[...lang]` give. */
import { LANGUAGES, type Language } from "../ui/text/text.ts";

export interface LanguagePath {
  readonly params: { readonly lang: string | undefined };
  readonly props: { readonly language: Language };
}

export function languagePaths(): LanguagePath[] {
  return (Object.keys(LANGUAGES) as Language[]).map((language) => ({
    params: { lang: language === "en" ? undefined : language },
    props: { language },
  }));
}

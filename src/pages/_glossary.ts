/**
 * The glossary: `content/glossary.yaml`, terms in alphabetical order. Another language has
 * `content/glossary.<language>.yaml`: id → term and text; what it lacks is shown in English.
 */
import { parse } from "yaml";
import { z } from "zod";
import type { Language } from "../ui/text/text.ts";

const Entry = z.strictObject({
  term: z.string().min(2),
  /** Other names for the same. */
  also: z.array(z.string()).default([]),
  /** One to three sentences; code in backquotes. */
  text: z.string().min(20),
  /** Labs that teach it; some are still to come. */
  labs: z.array(z.string()).default([]),
  /** Ids of other terms. */
  see: z.array(z.string()).default([]),
});

const Translation = z.record(z.string(), z.strictObject({ term: z.string(), text: z.string() }));

export interface Term extends z.infer<typeof Entry> {
  /** The anchor on the page, from the English term. */
  readonly id: string;
  readonly language: Language;
}

const files: Record<string, string> = import.meta.glob("/content/glossary*.yaml", {
  query: "?raw",
  import: "default",
  eager: true,
});

export function idOf(term: string): string {
  return term
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

export function translatedTerms(language: Language): z.infer<typeof Translation> {
  return Translation.parse(parse(files[`/content/glossary.${language}.yaml`] ?? "{}"));
}

/** The English term too, where the language has another one. */
function otherNames({ term, also }: z.infer<typeof Entry>, shown: string): string[] {
  return [term, ...also].filter((name) => name.toLowerCase() !== shown.toLowerCase());
}

/** All terms in the alphabetical order of the language. */
export function glossary(language: Language = "en"): Term[] {
  const other = translatedTerms(language);
  const order = new Intl.Collator(language);
  return z
    .array(Entry)
    .parse(parse(files["/content/glossary.yaml"] ?? "[]"))
    .map((entry): Term => {
      const id = idOf(entry.term);
      const known = other[id];
      return known
        ? { ...entry, id, ...known, also: otherNames(entry, known.term), language }
        : { ...entry, id, language: "en" };
    })
    .sort((one, two) => order.compare(one.term, two.term));
}

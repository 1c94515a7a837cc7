/**
 * The library of real incidents: `content/incidents/<id>.md`, front matter and a few sentences. Another language has
 * `content/incidents/<language>/<id>.md` with title, summary, the sentences of the timeline in order, and the story;
 * an incident that it lacks is shown in English.
 */
import { parse } from "yaml";
import { z } from "zod";
import type { Language } from "../ui/text/text.ts";

const Moment = z.strictObject({
  /** Minutes and seconds since the beginning ("1:20"), or a date ("2025-03-14", "2025-03", "2025"). */
  at: z.string().regex(/^(\d{1,3}:\d{2}|\d{4}(-\d{2}(-\d{2})?)?)$/),
  who: z.enum(["owner", "attacker", "provider", "colleague", "you"]),
  what: z.string().min(1),
});

const FrontMatter = z.strictObject({
  title: z.string().min(1),
  /** When it began or became known: a year, a month or a day. */
  date: z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/),
  /** One or two sentences for lists. */
  summary: z.string().min(1),
  /** Labs that start from it, the closest first; some are still to come. */
  labs: z.array(z.string()).min(1),
  timeline: z.array(Moment).min(2),
  sources: z.array(z.strictObject({ title: z.string().min(1), url: z.url({ protocol: /^https$/ }) })).min(1),
});

export type IncidentMoment = z.infer<typeof Moment>;

const Translation = z.strictObject({
  title: z.string().min(1),
  summary: z.string().min(1),
  timeline: z.array(z.string().min(1)),
});

export interface Incident extends z.infer<typeof FrontMatter> {
  readonly id: string;
  /** What its texts are written in. */
  readonly language: Language;
  /** The story as Markdown: paragraphs and links. */
  readonly text: string;
}

const files: Record<string, string> = import.meta.glob("/content/incidents/**/*.md", {
  query: "?raw",
  import: "default",
  eager: true,
});

function parts(file: string): { readonly head: unknown; readonly text: string } {
  const [, head = "", text = ""] = /^---\n([^]*?)\n---\n([^]*)$/.exec(file) ?? [];
  return { head: parse(head), text: text.trim() };
}

function checked<T>(schema: z.ZodType<T>, head: unknown, name: string): T {
  const read = schema.safeParse(head);
  if (!read.success) throw new Error(`content/incidents/${name}.md: ${z.prettifyError(read.error)}`);
  return read.data;
}

export function readIncident(id: string, file: string): Incident {
  const { head, text } = parts(file);
  return { id, language: "en", ...checked(FrontMatter, head, id), text };
}

function translated(incident: Incident, language: Language, file: string): Incident {
  const { head, text } = parts(file);
  const { title, summary, timeline } = checked(Translation, head, `${language}/${incident.id}`);
  if (timeline.length !== incident.timeline.length)
    throw new Error(`content/incidents/${language}/${incident.id}.md: translate each moment of the timeline`);
  const moments = incident.timeline.map((moment, i) => ({ ...moment, what: timeline[i] as string }));
  return { ...incident, language, title, summary, text, timeline: moments };
}

/** All incidents, the newest first. */
export function incidents(language: Language = "en"): Incident[] {
  return Object.entries(files)
    .flatMap(([path, file]) => {
      const id = /^\/content\/incidents\/([\w-]+)\.md$/.exec(path)?.[1];
      return id === undefined ? [] : [readIncident(id, file)];
    })
    .map((incident) => {
      const other = files[`/content/incidents/${language}/${incident.id}.md`];
      return other === undefined ? incident : translated(incident, language, other);
    })
    .sort((one, other) => compare(other.date, one.date) || compare(one.id, other.id));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** Incidents that a lab starts from: first those that name it first. */
export function incidentsOf(labId: string, language: Language = "en"): Incident[] {
  return incidents(language)
    .filter(({ labs }) => labs.includes(labId))
    .sort((one, other) => one.labs.indexOf(labId) - other.labs.indexOf(labId));
}

/** "March 2025", "14 March 2025" or "2025"; a time since the beginning stays as it is. */
export function dateIn(language: Language, date: string): string {
  if (!/^\d{4}-/.test(date)) return date;
  const [year = 0, month = 1, day] = date.split("-").map(Number);
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
    year: "numeric",
    month: "long",
    ...(day !== undefined && { day: "numeric" }),
    timeZone: "UTC",
  }).format(Date.UTC(year, month - 1, day ?? 1));
}

/** Everything that the search knows, collected while the site is built: one list per language. */
import { addressIn } from "../ui/text/address.ts";
import { textOf } from "../ui/text/catalogues.ts";
import type { Language } from "../ui/text/text.ts";
import { said } from "../ui/text/said.ts";
import type { Entry } from "../ui/search/search.ts";
import { glossary } from "./_glossary.ts";
import { guideOf } from "./_guides.ts";
import { incidents } from "./_incidents.ts";
import { labPages } from "./_labs.ts";
import { modulesOf } from "./_module-labs.ts";
import { PATHS } from "./_paths.ts";

const PAGES = [
  ["/placement/", said("Placement check"), said("Eight mixed tasks: skip what you know.")],
  ["/progress/", said("Progress"), said("What you passed, kept in this browser; export, import, reset.")],
  ["/certificate/", said("Certificate"), said("A page to print, with the attempt files that prove it.")],
  ["/report/", said("A class's attempts"), said("Attempt files re-graded: learner by lab, and wrong ways.")],
  [
    "/simulation/",
    said("Where the simulation stops"),
    said("What each simulated system does differently from the real one."),
  ],
] as const;

const GUIDES = [
  ["/guides/facilitators/", "facilitators", said("Teaching with LeakLab")],
  ["/guides/authors/", "authors", said("Writing a lab")],
  ["/accessibility/", "accessibility", said("Accessibility")],
] as const;

/** Markdown as the words that it shows. */
export function plain(markdown: string): string {
  return markdown
    .replaceAll(/^```[^]*?^```$/gm, " ")
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll(/^\s*(?:#+|[-*]|\d+[.)])\s+/gm, "")
    .replaceAll(/[*`|]+|\b_+|_+\b/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}

export function searchEntries(language: Language): Entry[] {
  const t = textOf(language);
  const labs = labPages(language);
  const modules = modulesOf(labs, t);
  const ordered = modules.flatMap((module) => module.labs.flatMap(({ lab }) => lab ?? []));
  const to = (path: string) => addressIn(language, path);
  return [
    ...ordered.map(({ id, title, brief, tasks }): Entry => ({
      kind: "lab",
      title,
      href: to(`/labs/${id}/`),
      text: plain(`${brief} ${tasks.join(" ")}`),
    })),
    ...PATHS.map(({ id, title, who, text }): Entry => ({
      kind: "path",
      title: t(title),
      href: to(`/paths/${id}/`),
      text: `${t(who)}. ${t(text)}`,
    })),
    ...modules.map(({ id, title, about, labs: inside }): Entry => ({
      kind: "module",
      title,
      href: to(`/modules/${id}/`),
      text: `${about} ${inside.map((lab) => lab.title).join(", ")}`,
    })),
    ...glossary(language).map(({ id, term, also, text }): Entry => ({
      kind: "term",
      title: term,
      href: to(`/glossary/#${id}`),
      text: plain([...also, text].join(" · ")),
    })),
    ...incidents(language).map(({ id, title, summary, text }): Entry => ({
      kind: "incident",
      title,
      href: to(`/incidents/${id}/`),
      text: plain(`${summary} ${text}`),
    })),
    ...guideEntries(language),
    ...PAGES.map(([path, title, text]): Entry => ({
      kind: "guide",
      title: t(title),
      href: to(path),
      text: t(text),
    })),
  ];
}

/** One entry for each guide and one for each of its sections. */
function guideEntries(language: Language): Entry[] {
  const t = textOf(language);
  return GUIDES.flatMap(([path, name, title]) => {
    const { content } = guideOf(name, language);
    const sections = content.rawContent().split(/^## .*$/m);
    const headings = content.getHeadings().filter(({ depth }) => depth === 2);
    const href = addressIn(language, path);
    return [
      {
        kind: "guide" as const,
        title: t(title),
        href,
        text: plain((sections[0] ?? "").replace(/^# .*$/m, "")),
      },
      ...headings.map(({ slug, text }, i) => ({
        kind: "guide" as const,
        title: `${t(title)}: ${text}`,
        href: `${href}#${slug}`,
        text: plain(sections[i + 1] ?? "").slice(0, 600),
      })),
    ];
  });
}

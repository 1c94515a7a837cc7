/** What the pages about progress carry along: labs, paths and modules, in the language of the page. */
import { labPages } from "./_labs.ts";
import { MODULES } from "./_modules.ts";
import { PATHS, type Path } from "./_paths.ts";
import { allSteps } from "./_steps.ts";
import { langOf } from "../ui/prose/translated.ts";
import { textOf } from "../ui/text/catalogues.ts";
import type { Language, Text } from "../ui/text/text.ts";
import type { Mark } from "../worker/protocol.ts";
import type { Catalog, CatalogLab, CatalogPath } from "../ui/progress/catalog.ts";

type LabPages = ReturnType<typeof labPages>;

/** A first task that only names the goal takes the next one with it. */
const SHORT = 24;

function aboutOf([first = "", second = ""]: readonly string[]): string {
  return first.length < SHORT ? `${first} ${second}`.trim() : first;
}

function ready(lab: LabPages[number]): CatalogLab {
  const marks = (required: boolean) => [
    ...new Set(lab.checks.filter((check) => check.required === required).map(({ mark }) => mark as Mark)),
  ];
  const { id, title, minutes, module, version, difficulty } = lab;
  const asks = marks(true);
  const extras = marks(false).filter((mark) => !asks.includes(mark));
  const about = aboutOf(lab.tasks);
  const aboutLang = langOf(lab, "tasks");
  const entry = { id, title, minutes, module, version, difficulty, ready: true, about, asks, extras };
  return aboutLang ? { ...entry, aboutLang } : entry;
}

function toCome(t: Text, labs: LabPages): readonly CatalogLab[] {
  const steps = allSteps().filter(({ id }) => !labs.some((lab) => lab.id === id));
  return steps.map(({ id, title, minutes }) => ({
    id,
    title: t(title),
    minutes,
    module: MODULES.find((module) => module.labs.includes(id))?.id ?? "",
    version: "",
    difficulty: "",
    ready: false,
    about: "",
    asks: [],
    extras: [],
  }));
}

function catalogPath({ id, title, text, labs, parts }: Path): CatalogPath {
  return {
    id,
    title,
    text,
    labs: labs.map((lab) => lab.id),
    parts: parts.map((part) =>
      part.kind === "lab" ? { kind: "lab", id: part.lab.id, minutes: part.lab.minutes } : part,
    ),
  };
}

export function catalogIn(language: Language): Catalog {
  const labs = labPages(language);
  return {
    labs: [...labs.map(ready), ...toCome(textOf(language), labs)],
    paths: PATHS.map(catalogPath),
    modules: MODULES,
  };
}

/** What the page of a lab needs of it: the paths that the lab is on, and their labs. */
export function pathsOf(language: Language, lab: string): Pick<Catalog, "labs" | "paths"> {
  const { labs, paths } = catalogIn(language);
  const on = paths.filter((path) => path.labs.includes(lab));
  return { paths: on, labs: labs.filter(({ id }) => on.some((path) => path.labs.includes(id))) };
}

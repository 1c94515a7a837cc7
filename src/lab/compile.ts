/** Labs as the pages get them, made at build time: prose and titles, and the bundle that the worker needs. */
import type { Manifest } from "./manifest.ts";
import { LEARNER } from "../world/person.ts";
import { labDigest } from "./bundle.ts";
import type { LabFiles } from "./files.ts";
import { loadLab } from "./load.ts";
import { printProblem } from "./problem.ts";
import type { Prose } from "./prose.ts";
import type { Translation } from "./translation.ts";

/** What of a page may be in another language than its interface. */
export type Part = "title" | "tasks" | "ahead" | keyof Prose;

/** What a page knows of a lab; plain data, embedded in the page. No cases, no values. */
export interface CompiledLab {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly minutes: number;
  readonly difficulty: string;
  readonly module: string;
  readonly brief: string;
  readonly tasks: readonly string[];
  readonly hints: readonly string[];
  readonly debrief: string;
  readonly question: string;
  readonly cards: readonly { readonly name: string; readonly content: string }[];
  readonly services: readonly string[];
  readonly layout: Manifest["layout"];
  /** Surfaces that checks search, each once. */
  readonly surfaces: readonly string[];
  /** Which credential open checks search for, on which surfaces. What is withheld is not among them. */
  readonly traced: readonly { readonly credential: string; readonly surfaces: readonly string[] }[];
  /** Credentials that the lab planted, by id. */
  readonly planted: readonly string[];
  /** Checks or diagnoses play stories: grading takes its time. */
  readonly plays: boolean;
  /** owner/name of what the forge has, the main one first. */
  readonly repositories: readonly string[];
  readonly checks: readonly {
    readonly id: string;
    readonly title: string;
    readonly mark: string;
    readonly required: boolean;
  }[];
  readonly home: string;
  readonly work: string;
  readonly ahead: string;
  readonly setting: Manifest["setting"];
  readonly vary: Readonly<Record<string, readonly string[]>>;
  readonly core: string;
  readonly labDigest: string;
  readonly bundle: string;
  /** Absent in English. */
  readonly translation?: ShownTranslation;
}

/** What a page in another language shows instead of what the worker says in English. */
export interface ShownTranslation {
  readonly language: string;
  /** Parts that nobody has translated yet. */
  readonly english: readonly Part[];
  /** Titles of checks, by id. */
  readonly checks: Readonly<Record<string, string>>;
  readonly diagnoses: Readonly<Record<string, { readonly message: string; readonly why: string }>>;
  /** What others are about to do and did, by the English sentence. */
  readonly events: Readonly<Record<string, string>>;
}

/**
 * Compiles one lab from its folder's texts, in a language as far as it has been translated; throws with every mistake
 * of the author.
 */
export function compileLab(name: string, files: LabFiles, core: string, language = "en"): CompiledLab {
  const lab = loadLab(files);
  if (!lab.ok) throw new Error(lab.error.map((problem) => printProblem(name, problem)).join("\n"));
  const { bundle, translations } = lab.value;
  const { id, version, minutes, difficulty, module, checks, work, vary, setting } = bundle.manifest;
  const english = { ...lab.value.prose, ...partsOf(bundle.manifest) };
  const known = language === "en" ? null : translatedParts(translations, language, english.cards);
  return {
    id,
    version,
    minutes,
    difficulty,
    module,
    ...english,
    ...known?.parts,
    services: bundle.manifest.services,
    layout: bundle.manifest.layout,
    surfaces: [...new Set(tracedBy(bundle.manifest).flatMap(({ surfaces }) => surfaces))],
    traced: tracedBy(bundle.manifest),
    planted: bundle.manifest.credentials.map((it) => it.id),
    plays: [...checks, ...bundle.manifest.diagnoses].some((it) => "story" in it.with),
    repositories: [bundle.manifest.repository.name, ...bundle.manifest.repositories.map((it) => it.name)],
    checks: checks.map(({ id: check, title: label, mark, required }) => ({
      id: check,
      title: known?.strings?.checks[check] ?? label,
      mark,
      required,
    })),
    home: LEARNER.home,
    work: `${LEARNER.home}/${work}`,
    setting,
    vary,
    core,
    labDigest: labDigest(bundle),
    bundle: JSON.stringify(bundle),
    ...(known && {
      translation: {
        language,
        english: (Object.keys(english) as Part[]).filter((part) => known.parts[part] === undefined),
        checks: known.strings?.checks ?? {},
        diagnoses: known.strings?.diagnoses ?? {},
        events: known.strings?.events ?? {},
      },
    }),
  };
}

function partsOf({ title, tasks, ahead }: Manifest): Pick<CompiledLab, "title" | "tasks" | "ahead"> {
  return { title, tasks, ahead };
}

/** As far as there are any: the parts of a page in a language, and the other strings. */
function translatedParts(
  translations: readonly Translation[],
  language: string,
  english: CompiledLab["cards"],
) {
  const { prose, strings } = translations.find((it) => it.language === language) ?? {};
  const { title, tasks, ahead } = strings ?? {};
  const cards = english.map((card) => prose?.cards?.find(({ name }) => name === card.name) ?? card);
  const parts: Partial<Pick<CompiledLab, Part>> = {
    ...prose,
    ...(prose?.cards && { cards }),
    ...(title !== undefined && { title }),
    ...(tasks !== undefined && { tasks }),
    ...(ahead !== undefined && { ahead }),
  };
  return { parts, strings };
}

function tracedBy({ checks }: Manifest): { credential: string; surfaces: readonly string[] }[] {
  const open = checks.filter(({ kind, evidence }) => kind === "absent" && evidence === "open");
  return open.map((check) => check.with as { credential: string; surfaces: readonly string[] });
}

/** Splits the texts of `labs/<name>/<path>` by lab. Solutions, wrong ways and adversarial cases are left out. */
export function groupLabs(texts: Readonly<Record<string, string>>): Map<string, LabFiles> {
  const labs = new Map<string, Record<string, string>>();
  for (const [path, text] of Object.entries(texts)) {
    const [, name, file] = /\blabs\/([^/]+)\/(.+)$/.exec(path) ?? [];
    if (!name || !file || /^(?:solutions|wrong|adversarial)\//.test(file)) continue;
    const files = labs.get(name) ?? {};
    files[file] = text;
    labs.set(name, files);
  }
  return labs;
}

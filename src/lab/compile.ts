/** Labs as the pages get them, made at build time: prose and titles, and the bundle that the worker needs. */
import type { Manifest } from "./manifest.ts";
import { LEARNER } from "../world/person.ts";
import { labDigest } from "./bundle.ts";
import type { LabFiles } from "./files.ts";
import { loadLab } from "./load.ts";
import { printProblem } from "./problem.ts";

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
}

/** Compiles one lab from its folder's texts; throws with every mistake of the author. */
export function compileLab(name: string, files: LabFiles, core: string): CompiledLab {
  const lab = loadLab(files);
  if (!lab.ok) throw new Error(lab.error.map((problem) => printProblem(name, problem)).join("\n"));
  const { bundle, prose } = lab.value;
  const { id, title, version, minutes, difficulty, module, tasks, checks, work, ahead, vary, setting } =
    bundle.manifest;
  return {
    id,
    title,
    version,
    minutes,
    difficulty,
    module,
    ...prose,
    services: bundle.manifest.services,
    layout: bundle.manifest.layout,
    surfaces: surfacesOf(bundle.manifest),
    repositories: [bundle.manifest.repository.name, ...bundle.manifest.repositories.map((it) => it.name)],
    tasks,
    checks: checks.map(({ id: check, title: label, mark, required }) => ({
      id: check,
      title: label,
      mark,
      required,
    })),
    home: LEARNER.home,
    work: `${LEARNER.home}/${work}`,
    ahead,
    setting,
    vary,
    core,
    labDigest: labDigest(bundle),
    bundle: JSON.stringify(bundle),
  };
}

function surfacesOf({ checks }: Manifest): string[] {
  return [...new Set(checks.flatMap((check) => (check.with["surfaces"] as string[] | undefined) ?? []))];
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

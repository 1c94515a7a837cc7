/**
 * The class as a table: what each learner reached in each lab, which wrong ways were met and by whom, and what could not
 * be graded. Pure: command line and page make the same of the same files.
 */
import type { Refusal } from "./refusal.ts";
import type { Regraded } from "./regrade.ts";
import type { ReportLab } from "./reportLab.ts";

export interface Cell {
  readonly lab: string;
  readonly passed: boolean;
  readonly passing: number;
  readonly asked: number;
  readonly hints: number;
  readonly undos: number;
  /** How many attempts were handed in; the best one is described. */
  readonly attempts: number;
  /** Diagnoses met in any of them. */
  readonly met: readonly string[];
  /** Learners who handed in the same inputs for the same seed. */
  readonly sameAs: readonly string[];
  readonly seed: number;
  readonly challenge: string;
  readonly path: string;
}

export interface Learner {
  readonly name: string;
  /** False where the file has no name and the folder or the file gave it. */
  readonly named: boolean;
  /** Labs that were begun, in the order of `labs`. */
  readonly cells: readonly Cell[];
}

export interface MetWay {
  readonly id: string;
  readonly sentence: string;
  /** Who met it. */
  readonly learners: readonly string[];
}

export interface LabColumn {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly asked: number;
  readonly passed: number;
  readonly begun: number;
  /** Most often met first. */
  readonly met: readonly MetWay[];
}

export interface ClassReport {
  readonly format: "leaklab-report/1";
  readonly labs: readonly LabColumn[];
  readonly learners: readonly Learner[];
  readonly refused: readonly Refusal[];
}

/** `labs`: those that the results are of, in the order in which they are shown. */
export function classReport(
  results: readonly Regraded[],
  refused: readonly Refusal[],
  labs: readonly ReportLab[],
): ClassReport {
  // Workers finish in any order.
  const inOrder = [...results].sort((one, other) => compareNames(one.submission.path, other.submission.path));
  const owned = ownersOf(inOrder);
  const learners = [...Map.groupBy(owned, ({ key }) => key).values()]
    .map((own) => learnerOf(own, owned, labs))
    .sort((one, other) => compareNames(one.name, other.name));
  const begun = labs.filter(({ id }) => learners.some(({ cells }) => cells.some(({ lab }) => lab === id)));
  return {
    format: "leaklab-report/1",
    labs: begun.map((lab) => columnOf(lab, learners)),
    learners,
    refused: [...refused].sort((one, other) => compareNames(one.path, other.path)),
  };
}

export function cellOf(learner: Learner, lab: string): Cell | undefined {
  return learner.cells.find((cell) => cell.lab === lab);
}

const NAMES = new Intl.Collator("en", { numeric: true });

export function compareNames(one: string, other: string): number {
  return NAMES.compare(one, other);
}

interface Owned {
  readonly key: string;
  readonly name: string;
  readonly named: boolean;
  readonly result: Regraded;
  /** The same for the same inputs of the same lab and seed. */
  readonly inputs: string;
}

/** A file without a name belongs to its folder, or, where all lie in one folder, to itself. */
function ownersOf(results: readonly Regraded[]): readonly Owned[] {
  const nameless = results.filter(({ submission }) => submission.name === "");
  const folders = new Set(nameless.map(({ submission }) => folderOf(submission.path)));
  return results.map((result) => {
    const { name, path, attempt } = result.submission;
    const folder = folderOf(path).split("/").at(-1) ?? "";
    const given = folders.size > 1 && folder !== "" ? folder : stemOf(path);
    const shown = name === "" ? given : name;
    const { lab, seed } = attempt.header;
    const inputs = JSON.stringify([lab, seed, attempt.entries.map(({ input }) => input)]);
    return { key: shown.toLowerCase(), name: shown, named: name !== "", result, inputs };
  });
}

function folderOf(path: string): string {
  return path.split("/").slice(0, -1).join("/");
}

function stemOf(path: string): string {
  return (path.split("/").at(-1) ?? path).replace(/\.attempt$/i, "");
}

function learnerOf(own: readonly Owned[], all: readonly Owned[], labs: readonly ReportLab[]): Learner {
  const { name } = own[0] as Owned;
  const cells = labs.flatMap((lab) => {
    const here = own.filter(({ result }) => result.submission.attempt.header.lab === lab.id);
    return here.length === 0 ? [] : [cellFrom(here, all, lab)];
  });
  return { name, named: own.some(({ named }) => named), cells };
}

function cellFrom(here: readonly Owned[], all: readonly Owned[], lab: ReportLab): Cell {
  const [best] = here.map(({ result }) => result).sort(better) as [Regraded];
  const { submission, passed, passing, asked, hints, undos } = best;
  const { seed, challenge = "" } = submission.attempt.header;
  const met = new Set(here.flatMap(({ result }) => result.met));
  return {
    lab: lab.id,
    passed,
    passing,
    asked,
    hints,
    undos,
    // One file handed in twice is one attempt.
    attempts: new Set(here.map(({ inputs }) => inputs)).size,
    met: lab.diagnoses.map(({ id }) => id).filter((id) => met.has(id)),
    sameAs: sameAs(here, all),
    seed,
    challenge,
    path: submission.path,
  };
}

/** The best first: passed, then more checks, then fewer hints and undos. */
function better(one: Regraded, other: Regraded): number {
  return (
    Number(other.passed) - Number(one.passed) ||
    other.passing - one.passing ||
    one.hints - other.hints ||
    one.undos - other.undos ||
    compareNames(one.submission.path, other.submission.path)
  );
}

/** Nobody types for ten minutes what somebody else typed; an attempt without inputs says nothing. */
function sameAs(here: readonly Owned[], all: readonly Owned[]): readonly string[] {
  const mine = new Set(
    here.filter(({ result }) => result.submission.attempt.entries.length > 0).map(({ inputs }) => inputs),
  );
  const others = all.filter(({ key, inputs }) => key !== here[0]?.key && mine.has(inputs));
  const names = new Map(others.map(({ key, name }) => [key, name]));
  return [...names.values()].sort(compareNames);
}

function columnOf(lab: ReportLab, learners: readonly Learner[]): LabColumn {
  const begun = learners.filter((learner) => cellOf(learner, lab.id));
  const met = lab.diagnoses
    .map(({ id, sentence }) => ({
      id,
      sentence,
      learners: begun.filter((learner) => cellOf(learner, lab.id)?.met.includes(id)).map(({ name }) => name),
    }))
    .filter(({ learners: who }) => who.length > 0)
    .sort((one, other) => other.learners.length - one.learners.length);
  return {
    id: lab.id,
    title: lab.title,
    version: lab.version,
    asked: lab.asked,
    begun: begun.length,
    passed: begun.filter((learner) => cellOf(learner, lab.id)?.passed).length,
    met,
  };
}

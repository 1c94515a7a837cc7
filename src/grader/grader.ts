/** From a scene to a grade: every check judged, every diagnosis that holds, in the order of the lab. */
import { unconfirmed, type CheckKind, type DiagnosisKind, type Judgement } from "./check.ts";
import { MARKS, type CheckResult, type Diagnosis, type Mark } from "./grade.ts";
import { checkKinds, diagnosisKinds, type CheckName, type DiagnosisName } from "./registry.ts";
import type { Scene } from "./scene.ts";

/** A check as the manifest has it; `with` was validated by the loader. */
export interface CheckSpec {
  readonly id: string;
  readonly title: string;
  readonly kind: CheckName;
  readonly mark: Mark;
  readonly required: boolean;
  readonly evidence: "open" | "withheld";
  /** Ids of checks before this one; it is unconfirmed until they pass. */
  readonly needs: readonly string[];
  readonly with: Readonly<Record<string, unknown>>;
}

export interface DiagnosisSpec {
  readonly id: string;
  readonly check: string;
  readonly kind: DiagnosisName;
  readonly message: string;
  readonly why: string;
  readonly undo: boolean;
  readonly with: Readonly<Record<string, unknown>>;
}

export interface Judged {
  readonly passed: boolean;
  readonly marks: Readonly<Record<Mark, "pass" | "fail" | null>>;
  readonly checks: readonly CheckResult[];
  readonly diagnoses: readonly Diagnosis[];
}

export async function judge(
  scene: Scene,
  checks: readonly CheckSpec[],
  diagnoses: readonly DiagnosisSpec[],
): Promise<Judged> {
  const results: CheckResult[] = [];
  const passing = new Set<string>();
  for (const spec of checks) {
    const open = spec.needs.every((id) => passing.has(id));
    const judgement = open ? await kindOf(spec).judge(scene, spec.with) : unconfirmed([]);
    if (judgement.verdict === "pass") passing.add(spec.id);
    results.push(resultOf(spec, judgement));
  }
  const failing = new Set(results.filter((result) => result.verdict !== "pass").map((result) => result.id));
  const held: Diagnosis[] = [];
  for (const spec of diagnoses) {
    const diagnosis = failing.has(spec.check) ? await diagnose(scene, spec, checks) : null;
    if (diagnosis) held.push(diagnosis);
  }
  return {
    passed: results.every((result) => !result.required || result.verdict === "pass"),
    marks: Object.fromEntries(MARKS.map((mark) => [mark, markOf(results, mark)])) as Judged["marks"],
    checks: results,
    diagnoses: held,
  };
}

/** The kinds' options were validated against their schemas when the lab was loaded. */
function kindOf(spec: CheckSpec): CheckKind<unknown> {
  return checkKinds[spec.kind] as CheckKind<unknown>;
}

function resultOf(spec: CheckSpec, { verdict, evidence }: Judgement): CheckResult {
  const { id, title, mark, required } = spec;
  return {
    id,
    title,
    mark,
    required,
    verdict,
    evidence: spec.evidence === "open" ? evidence : [],
    places: evidence.length,
  };
}

async function diagnose(
  scene: Scene,
  spec: DiagnosisSpec,
  checks: readonly CheckSpec[],
): Promise<Diagnosis | null> {
  const kind = diagnosisKinds[spec.kind] as DiagnosisKind<unknown>;
  const check = checks.find(({ id }) => id === spec.check);
  const found = await kind.recognise(scene, spec.with, check?.with);
  if (!found) return null;
  const open = check?.evidence !== "withheld";
  return {
    id: spec.id,
    check: spec.check,
    message: fill(spec.message, found.values),
    values: found.values,
    why: spec.why,
    evidence: open ? found.evidence : [],
    ...(spec.undo && found.undoTo !== undefined ? { undoTo: found.undoTo } : {}),
  };
}

function fill(message: string, values: Readonly<Record<string, string>>): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

function markOf(results: readonly CheckResult[], mark: Mark): "pass" | "fail" | null {
  const asked = results.filter((result) => result.mark === mark && result.required);
  if (asked.length === 0) return null;
  return asked.every((result) => result.verdict === "pass") ? "pass" : "fail";
}

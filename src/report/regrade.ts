/**
 * Plays a submission again and grades it where its learner asked for a verdict, in a worker: the command line's thread
 * or the browser's. Nothing that the file says about its own result is believed.
 */
import type { Input } from "../attempt/input.ts";
import { err, ok, type Result } from "../base/result.ts";
import type { WorldClient } from "../worker/client.ts";
import type { Grade } from "../worker/protocol.ts";
import { refusal, type Refusal } from "./refusal.ts";
import type { ReportLab } from "./reportLab.ts";
import type { Submission } from "./submission.ts";

export interface Regraded {
  readonly submission: Submission;
  readonly passed: boolean;
  /** Required checks that pass at the end. */
  readonly passing: number;
  readonly asked: number;
  readonly hints: number;
  readonly undos: number;
  /** Ids of the diagnoses that the learner was shown, in the lab's order. */
  readonly met: readonly string[];
}

/** As many as page and terminal show at once. */
const SHOWN = 2;

/** Whether this build may replay the submission at all. */
export function admissible({ path, attempt }: Submission, lab: ReportLab | null): Refusal | null {
  const { header } = attempt;
  if (!lab) return refusal(path, "unknown-lab", { lab: header.lab });
  if (header.core !== lab.core)
    return refusal(path, "other-core", { theirs: header.core.slice(0, 16), ours: lab.core });
  if (header.labDigest !== lab.labDigest) return refusal(path, "other-lab", { lab: header.lab });
  return null;
}

export async function regrade(
  client: WorldClient,
  submission: Submission,
  lab: ReportLab,
): Promise<Result<Regraded, Refusal>> {
  const grades: Grade[] = [];
  // Nothing of an earlier submission is taken over, however alike the two begin.
  await open(client, submission, lab, { from: -1, to: 0 });
  let from = -1;
  for (const to of submission.moments) {
    const { divergedAt } = await open(client, submission, lab, { from, to });
    if (divergedAt !== null) return err(refusal(submission.path, "diverged", { seq: divergedAt }));
    grades.push(await client.ask({ ask: "check" }));
    from = to;
  }
  return ok(resultOf(submission, lab, grades));
}

interface Part {
  /** Digests up to here were compared before. */
  readonly from: number;
  readonly to: number;
}

function open(client: WorldClient, { attempt }: Submission, lab: ReportLab, { from, to }: Part) {
  const inputs: readonly Input[] = attempt.entries.slice(0, to).map(({ input }) => input);
  const digests = [...attempt.digests].filter(([seq]) => seq > from && seq <= to);
  return client.ask({
    ask: "open",
    header: attempt.header,
    bundle: lab.bundle,
    inputs,
    digests,
    akin: to > 0,
  });
}

function resultOf(submission: Submission, lab: ReportLab, grades: readonly Grade[]): Regraded {
  const last = grades.at(-1) as Grade;
  const shown = new Set(grades.flatMap(({ diagnoses }) => diagnoses.slice(0, SHOWN).map(({ id }) => id)));
  const required = last.checks.filter((check) => check.required);
  return {
    submission,
    passed: last.passed,
    passing: required.filter(({ verdict }) => verdict === "pass").length,
    asked: required.length,
    hints: last.hints,
    undos: last.undos,
    met: lab.diagnoses.map(({ id }) => id).filter((id) => shown.has(id)),
  };
}

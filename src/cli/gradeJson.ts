/** A grade as the command line's contract has it: these fields, and no others. */
import type { Grade } from "../worker/protocol.ts";

export function gradeJson(grade: Grade) {
  const { lab, labVersion, core, seed, passed, marks, checks, diagnoses, hints, undos, digest } = grade;
  return {
    lab,
    labVersion,
    core,
    seed,
    passed,
    marks,
    checks: checks.map(({ id, mark, required, verdict, evidence }) => ({
      id,
      mark,
      required,
      verdict,
      evidence: evidence.map(({ surface, at }) => ({ surface, at })),
    })),
    diagnoses: diagnoses.map(({ id, message }) => ({ id, message })),
    hints,
    undos,
    digest,
  };
}

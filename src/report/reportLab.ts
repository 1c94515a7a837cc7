/** What re-grading needs of a lab: plain data, for the command line and for the page. No cases, no values. */
import { labDigest, type LabBundle } from "../lab/bundle.ts";

export interface ReportLab {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly module: string;
  /** Names the build of the core that re-grades. */
  readonly core: string;
  readonly labDigest: string;
  /** Required checks. */
  readonly asked: number;
  /** Those of required checks: what a lab only mentions is no wrong way. */
  readonly diagnoses: readonly WrongWay[];
  /** JSON for the worker. */
  readonly bundle: string;
}

/** The sentence of a diagnosis as the lab has it, its values left open. */
export interface WrongWay {
  readonly id: string;
  readonly sentence: string;
}

export function reportLabOf(bundle: LabBundle, core: string): ReportLab {
  const { id, title, version, module, checks, diagnoses } = bundle.manifest;
  const required = new Set(checks.filter((check) => check.required).map((check) => check.id));
  return {
    id,
    title,
    version,
    module,
    core,
    labDigest: labDigest(bundle),
    asked: required.size,
    diagnoses: diagnoses
      .filter(({ check }) => required.has(check))
      .map(({ id: way, message }) => ({ id: way, sentence: withoutValues(message) })),
    bundle: JSON.stringify(bundle),
  };
}

/** A class shares the way, not the value: "Commit {commit} still has it" → "Commit ‹commit› still has it". */
export function withoutValues(message: string): string {
  return message.replace(/\{(\w+)\}/g, "‹$1›");
}

/** Attempts for tests of the report, made of little. */
import type { Header, Input } from "../attempt/input.ts";
import type { Regraded } from "./regrade.ts";
import type { ReportLab } from "./reportLab.ts";
import { readSubmission, type Submission } from "./submission.ts";

export const header: Header = {
  format: "leaklab-attempt/1",
  lab: "some-lab",
  labVersion: "1.0.0",
  labDigest: "0".repeat(64),
  core: "core-1",
  seed: 4,
  setting: "normal",
};

export const line = (text: string): Input => ({ kind: "line", terminal: 1, text });

export function attemptText(
  inputs: readonly Input[],
  about: Partial<Header> = {},
  remarks: readonly object[] = [],
): string {
  const entries = inputs.map((input, i) => ({ seq: i + 1, at: i * 1000, input }));
  const lines = [{ ...header, ...about }, ...entries, { end: inputs.length }, ...remarks];
  return lines.map((value) => `${JSON.stringify(value)}\n`).join("");
}

export function submission(path: string, inputs: readonly Input[], about: Partial<Header> = {}): Submission {
  const read = readSubmission(path, new TextEncoder().encode(attemptText(inputs, about)));
  if (!read.ok) throw new Error(read.error.code);
  return read.value;
}

export function regraded(from: Submission, about: Partial<Omit<Regraded, "submission">> = {}): Regraded {
  return { submission: from, passed: false, passing: 0, asked: 2, hints: 0, undos: 0, met: [], ...about };
}

export function reportLab(id: string): ReportLab {
  return {
    id,
    title: `The ${id}`,
    version: "1.0.0",
    module: "day-one",
    core: header.core,
    labDigest: header.labDigest,
    asked: 2,
    diagnoses: [
      { id: "W1", sentence: "Commit … still has it." },
      { id: "W2", sentence: "The stash still has it." },
    ],
    bundle: "{}",
  };
}

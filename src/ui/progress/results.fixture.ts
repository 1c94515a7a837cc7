/** Results for tests: a pass without help, changed where a case needs it. */
import type { LabResult, Visit } from "./result.ts";

export const DAY = 86_400_000;
export const NOON = Date.UTC(2026, 4, 4, 12);

const hex = (length: number) => "0".repeat(length);

export function header(lab: string, seed: number): object {
  return {
    format: "leaklab-attempt/1",
    lab,
    labVersion: "1.0.0",
    labDigest: hex(64),
    core: "core1",
    seed,
    setting: "normal",
  };
}

export function proof(lab: string, seed: number): string {
  const entry = { seq: 1, at: NOON, input: { kind: "line", terminal: 1, text: "git status" } };
  return [header(lab, seed), entry, { end: 1 }].map((line) => `${JSON.stringify(line)}\n`).join("");
}

export function result(lab: string, change: Partial<LabResult> = {}): LabResult {
  const seed = change.seed ?? 7;
  const passed = change.passed ?? true;
  return {
    attempt: `${lab}-${seed}`,
    lab,
    labVersion: "1.0.0",
    labDigest: hex(64),
    core: "core1",
    seed,
    setting: "normal",
    purpose: "lab",
    passed,
    marks: { contained: "pass", clean: "pass", continuous: null, prevented: null, answered: null },
    checks: passed ? { passed: 4, asked: 4 } : { passed: 1, asked: 4 },
    extra: 0,
    hints: 0,
    undos: 0,
    clock: 750_000,
    when: NOON,
    proof: passed ? proof(lab, seed) : null,
    ...change,
  };
}

export function visit(lab: string, change: Partial<Visit> = {}): Visit {
  const base = {
    attempt: `${lab}-7`,
    lab,
    purpose: "lab",
    clock: 195_000,
    when: NOON,
    commands: 13,
  } as const;
  return { ...base, checks: { passed: 2, asked: 6 }, ...change };
}

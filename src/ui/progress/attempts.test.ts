import { expect, test } from "vitest";
import type { Entry, Header } from "../../worker/protocol.ts";
import { visitsOf, type WholeAttempt } from "./attempts.ts";
import type { Visit } from "./result.ts";

const header = { lab: "a-lab", seed: 1 } as Header;

function attempt(commands: number, state: "open" | "aside" = "open"): WholeAttempt {
  const entries = Array.from({ length: commands }, (_, i): Entry => ({
    seq: i + 1,
    at: 1_000_000 + i * 15_000,
    input: { kind: "line", terminal: 1, text: "git status" },
  }));
  const record = { id: "x", lab: "a-lab", header, state, last: commands, owner: "", startedAt: 7 };
  return { record, entries } as unknown as WholeAttempt;
}

const visit = (commands: number): Visit => ({
  attempt: "x",
  lab: "a-lab",
  purpose: "review",
  clock: commands * 15_000,
  when: 99,
  commands,
  checks: { passed: 1, asked: 4 } as unknown as Visit["checks"],
});

test.each([
  [
    "nothing is noted",
    attempt(2),
    [],
    [{ commands: 2, clock: 30_000, when: 7, purpose: "lab", checks: null }],
  ],
  [
    "the note is older than the attempt",
    attempt(2),
    [visit(1)],
    [{ commands: 2, clock: 30_000, when: 99, purpose: "review" }],
  ],
  ["the note is up to date", attempt(2), [visit(2)], []],
  ["set aside", attempt(2, "aside"), [], []],
  ["opened only", attempt(0), [], [{ commands: 0, clock: 0 }]],
])("%s", (_name, whole, known, expected) => {
  expect(visitsOf([whole], known)).toMatchObject(expected);
  expect(visitsOf([whole], known)).toHaveLength(expected.length);
});

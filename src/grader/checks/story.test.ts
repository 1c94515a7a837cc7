import { expect, test } from "vitest";
import type { Scene } from "../scene.ts";
import { story } from "./story.ts";

const EVIDENCE = [{ surface: "ci.logs", at: "run 1" }];

function scene(exitCode: number, keys: readonly string[], broken: string | null = null): Scene {
  const found = keys.map((key) => ({ key, values: {} }));
  const play = async (file: string) => ({
    story: file,
    exitCode,
    broken,
    evidence: EVIDENCE,
    found,
    said: [],
    truth: null,
  });
  return { play } as unknown as Scene;
}

test.each([
  ["honest-a.sh", undefined, 0, [], "pass"],
  ["honest-a.sh", undefined, 1, [], "fail"],
  ["hostile-a.sh", undefined, 0, [], "fail"],
  ["hostile-a.sh", undefined, 1, [], "pass"],
  ["hostile-a.sh", ["LOST"], 0, ["OPEN"], "pass"],
  ["hostile-a.sh", ["LOST"], 1, ["OPEN", "LOST"], "fail"],
  ["audit-a.sh", ["OPEN", "LOST"], 0, ["LOST"], "fail"],
] as const)("%s unless %j, exit %i, found %j: %s", async (file, unless, exitCode, keys, verdict) => {
  const options = { story: file, ...(unless ? { unless: [...unless] } : {}) };
  expect(await story.judge(scene(exitCode, keys), options)).toMatchObject({ verdict });
});

test("a broken story says nothing, whatever it found", async () => {
  const judged = await story.judge(scene(0, ["LOST"], "a limit"), { story: "audit-a.sh", unless: ["LOST"] });
  expect(judged).toMatchObject({ verdict: "unconfirmed" });
});

test("evidence of one thing is not shown for another", async () => {
  const play = async () => ({
    story: "audit-a.sh",
    exitCode: 1,
    broken: null,
    evidence: [
      ...EVIDENCE,
      { surface: "mail", at: "mina", of: "LOST" },
      { surface: "mail", at: "teo", of: "OPEN" },
    ],
    found: [{ key: "LOST", values: {} }],
    said: [],
    truth: null,
  });
  const judged = await story.judge({ play } as unknown as Scene, { story: "audit-a.sh", unless: ["LOST"] });
  expect(judged.evidence).toEqual([...EVIDENCE, { surface: "mail", at: "mina" }]);
});

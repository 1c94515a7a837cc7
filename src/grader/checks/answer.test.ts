import { expect, test } from "vitest";
import { Disk } from "../../disk/disk.ts";
import { answered } from "../diagnoses/answered.ts";
import { graderMemory } from "../memory.ts";
import type { Scene } from "../scene.ts";
import { answer } from "./answer.ts";

const TRUTH = "revoked: 09:02:00\nactions: [list, read]\nday: 2026-03-03T09:02:00Z\n";

function scene(file: string, text: string | null, truth: string | null, broken: string | null = null): Scene {
  const laptop = new Disk({ now: () => 0 });
  laptop.mkdir("/home/learner/tides", { recursive: true });
  if (text !== null) laptop.write(`/home/learner/tides/${file}`, text);
  const world = { laptop, credentials: { planted: () => [{ id: "key", value: "not-for-eyes", parts: [] }] } };
  const play = async (story: string) => ({
    story,
    exitCode: 0,
    broken,
    evidence: [],
    found: [],
    said: [],
    truth,
  });
  return { work: "/home/learner/tides", world, play, memory: graderMemory() } as unknown as Scene;
}

const PART = { at: "", fields: { actions: "set", day: { near: 60 } } } as const;
const FROM = { file: "incident.md", story: "audit-truth.sh" };
const NOTE = "---\nactions: [read, list]\nday: 2026-03-03 09:01:30\n---\n\nWhat happened.\n";

test.each([
  ["front matter that agrees", NOTE, TRUTH, null, "pass"],
  ["a note without front matter", "# What happened\n", TRUTH, null, "fail"],
  ["front matter with a mistake", "---\nactions: [read\n---\n", TRUTH, null, "fail"],
  ["no note", null, TRUTH, null, "fail"],
  ["another set", NOTE.replace("read, ", ""), TRUTH, null, "fail"],
  ["a story that told nothing", NOTE, null, null, "unconfirmed"],
  ["a story that a limit ended", NOTE, TRUTH, "a limit", "unconfirmed"],
])("%s", async (_what, text, truth, broken, verdict) => {
  const judged = await answer.judge(scene("incident.md", text, truth, broken), { ...FROM, parts: [PART] });
  expect(judged).toMatchObject({ verdict });
});

test.each([
  [
    "unread",
    { fault: "unread" },
    "# What happened\n",
    { reason: "it has no front matter between two lines ---" },
  ],
  [
    "unread, with the line",
    { fault: "unread" },
    "---\na: 1\nb: [read\n---\n",
    { reason: expect.stringMatching(/line [23]/) },
  ],
  ["unread, where it can be read", { fault: "unread" }, NOTE, null],
  [
    "wrong",
    { fault: "wrong", fields: ["actions"] },
    NOTE.replace("read", "write"),
    { field: "actions", given: "write, list", count: "1" },
  ],
  ["wrong in another field", { fault: "wrong", fields: ["day"] }, NOTE.replace("read", "write"), null],
  [
    "a value in it is not told",
    { fault: "wrong" },
    NOTE.replace("read", "not-for-eyes"),
    { given: "‹key›, list" },
  ],
] as const)("the diagnosis %s", async (_what, options, text, values) => {
  const asked = { least: 1, ...options } as Parameters<typeof answered.recognise>[1];
  const found = await answered.recognise(scene("incident.md", text, TRUTH), asked, {
    ...FROM,
    parts: [PART],
  });
  if (values === null) expect(found).toBeNull();
  else expect(found?.values).toMatchObject(values);
});

test("a diagnosis of another kind of check says nothing", async () => {
  const asked = { fault: "wrong", least: 1 } as const;
  expect(await answered.recognise(scene("incident.md", NOTE, TRUTH), asked, { story: "a" })).toBeNull();
});

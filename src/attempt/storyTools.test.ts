import type { Command } from "just-bash/browser";
import { expect, test } from "vitest";
import { scan } from "../engine/engine.ts";
import { KINDS } from "../engine/kinds.ts";
import { START_MS } from "../world/clock.ts";
import { World } from "../world/world.ts";
import { storyTools, type Told } from "./storyTools.ts";

async function canary(seed: number, ...args: string[]) {
  const world = World.empty(seed, { detect: () => [] }, 0);
  const told = { evidence: [], found: [], said: [], truth: null };
  const search = async () => ({ copies: [], unsearched: [] });
  const command = storyTools({ world, told, search }).find(({ name }) => name === "canary");
  return command?.execute(args, {} as Parameters<Command["execute"]>[1]);
}

test.each(["githubToken", "postgresUrl", "rsaKeyPem"] as const)("a canary: %s", async (kind) => {
  const [one, again, two, other] = [
    await canary(1, kind),
    await canary(1, kind, "1"),
    await canary(1, kind, "2"),
    await canary(2, kind),
  ].map((answer) => answer?.stdout ?? "");
  expect(again).toBe(one);
  expect(new Set([one, two, other]).size).toBe(3);
  const findings = await scan({ path: "notes.txt", text: one as string });
  expect(findings).toEqual([expect.objectContaining(KINDS[kind].found)]);
});

test.each([[[]], [["__proto__"]], [["githubToken", "x"]], [["githubToken", "1", "2"]]])(
  "refuses %j",
  async (args) => {
    expect(await canary(1, ...args)).toMatchObject({ stdout: "", exitCode: 2 });
  },
);

test("trace jobs asks for tokens of jobs alone, and --at for places that match", async () => {
  const world = World.empty(1, { detect: () => [] }, 0);
  const credential = {
    id: "job-1",
    kind: "githubAppToken",
    issuer: "forge",
    value: "value of a job",
    parts: [],
    owner: "bot",
    scope: "job",
    grants: { kind: "job" },
    status: "expired",
    createdAtMs: 0,
    expiresAtMs: null,
    uses: [],
    planted: false,
  } as const;
  world.credentials.add(credential);
  world.credentials.add({ ...credential, id: "other", value: "another", grants: { kind: "session" } });
  const asked: unknown[] = [];
  const told = { evidence: [], found: [], said: [], truth: null };
  const search = async (...args: readonly unknown[]) => {
    asked.push(args);
    return { copies: [], unsearched: [] };
  };
  const trace = storyTools({ world, told, search }).find(({ name }) => name === "trace");
  const run = (...args: string[]) => trace?.execute(args, {} as Parameters<Command["execute"]>[1]);
  expect(await run("jobs", "ci.artifacts", "--at", "run 7 ")).toMatchObject({ exitCode: 1 });
  expect(asked).toEqual([[["ci.artifacts"], [{ ...credential, parts: ["value of a job"] }], /run 7 /]]);
  await run("every");
  expect(asked.at(-1)).toEqual([
    expect.any(Array),
    [{ ...credential, parts: ["value of a job"] }],
    undefined,
  ]);
  for (const words of [["--at"], ["--at", "("], ["--at", "a", "b"], ["nowhere"]])
    expect(await run("jobs", ...words)).toMatchObject({ exitCode: 2 });
});

test("value tells a value, or one of its parts", async () => {
  const world = World.empty(1, { detect: () => [] }, 0);
  world.credentials.add({
    ...{
      id: "temporary",
      kind: "awsKey",
      issuer: "cloud",
      value: "the secret",
      parts: ["the secret", "a token"],
    },
    ...{ owner: "bot", scope: "session", grants: null, planted: false },
    ...{ status: "active", createdAtMs: 0, expiresAtMs: null, uses: [] },
  });
  const told = { evidence: [], found: [], said: [], truth: null };
  const search = async () => ({ copies: [], unsearched: [] });
  const value = storyTools({ world, told, search }).find(({ name }) => name === "value");
  const run = (...args: string[]) => value?.execute(args, {} as Parameters<Command["execute"]>[1]);
  expect(await run("temporary")).toMatchObject({ stdout: "the secret\n", exitCode: 0 });
  expect(await run("temporary", "2")).toMatchObject({ stdout: "a token\n", exitCode: 0 });
  for (const words of [[], ["nobody"], ["temporary", "3"], ["temporary", "__proto__"]])
    expect(await run(...words)).toMatchObject({ stdout: "", exitCode: 2 });
});

test("lab-time tells times as the page does", async () => {
  const world = World.empty(1, { detect: () => [] }, 0);
  const told = { evidence: [], found: [], said: [], truth: null };
  const search = async () => ({ copies: [], unsearched: [] });
  const tool = storyTools({ world, told, search }).find(({ name }) => name === "lab-time");
  const run = (...args: string[]) => tool?.execute(args, {} as Parameters<Command["execute"]>[1]);
  const seconds = START_MS / 1000;
  expect(await run(String(seconds + 145))).toMatchObject({ stdout: "T+2:25\n", exitCode: 0 });
  expect(await run(new Date(START_MS + 3_915_000).toISOString())).toMatchObject({ stdout: "T+1:05:15\n" });
  expect(await run(String(seconds - 40))).toMatchObject({ stdout: "T-0:40\n" });
  for (const words of [[], ["soon"]]) expect(await run(...words)).toMatchObject({ stdout: "", exitCode: 2 });
});

test("of the id of an access key only its ends are told, whoever made it", async () => {
  const world = World.empty(1, { detect: () => [] }, 0);
  const told: Told = { evidence: [], found: [], said: [], truth: null };
  const search = async () => ({ copies: [], unsearched: [] });
  const evidence = storyTools({ world, told, search }).find(({ name }) => name === "evidence");
  // From parts: none stands in a file.
  const id = ["AKIA", "0TIDES0TABLE", "7Q2M"].join("");
  await evidence?.execute(["credential", `${id}, svc-backup`], {} as Parameters<Command["execute"]>[1]);
  expect(told.evidence).toEqual([{ surface: "credential", at: "AKIA••••7Q2M, svc-backup" }]);
});

test("evidence of what trace printed is a copy: found by whom, in which file; any other evidence is text", async () => {
  const world = World.empty(1, { detect: () => [] }, 0);
  const told = { evidence: [], found: [], said: [], truth: null };
  const copy = {
    surface: "remote",
    place: "main notes.txt",
    credential: "key",
    path: "notes.txt",
    line: 3,
    object: "ab12",
    steps: ["base64"],
    foundBy: { engine: false, trace: true },
  } as const;
  const search = async () => ({ copies: [copy], unsearched: [] });
  const tools = storyTools({ world, told, search });
  const run = (name: string, ...args: string[]) =>
    tools.find((tool) => tool.name === name)?.execute(args, {} as Parameters<Command["execute"]>[1]);
  const row = (await run("trace", "any", "remote"))?.stdout.split("\t") ?? [];
  await run("evidence", "--of", "LEFT", row[0] as string, row[1] as string);
  await run("evidence", "remote", "main notes.txt:4");
  expect(told.evidence).toEqual([
    {
      surface: "remote",
      at: "main notes.txt:3 (after base64)",
      path: "notes.txt",
      line: 3,
      by: "trace",
      credential: "key",
      steps: ["base64"],
      object: "ab12",
      of: "LEFT",
    },
    { surface: "remote", at: "main notes.txt:4" },
  ]);
});

/** What may be stored: asked of the product's own worker, before anything is written or applied. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Input } from "../../src/attempt/input.ts";
import { Stream } from "../../src/base/stream.ts";
import { headerOf, Stage } from "../../src/cli/attemptRun.ts";
import { KINDS, mint, type Kind } from "../../src/engine/kinds.ts";
import type { LabBundle } from "../../src/lab/bundle.ts";
import { walkLab } from "../walks/lab.ts";

/** Its setup leaves the planted value in a file, where a learner would find it. */
const bundle: LabBundle = {
  ...walkLab,
  manifest: {
    ...walkLab.manifest,
    credentials: [
      {
        id: "token",
        kind: "githubToken",
        owner: "mina",
        scope: "repo",
        issuer: "none",
        grants: null,
        variable: "TOKEN",
      },
    ],
  },
  start: { setup: `${walkLab.start.setup}\necho "$TOKEN" > ~/token.txt\n`, files: {} },
};

let stage: Stage;
let planted: string;
beforeAll(async () => {
  stage = await Stage.open(bundle, headerOf(bundle, 21));
  planted = (await stage.client.ask({ ask: "read", path: "/home/learner/token.txt" }))?.content.trim() ?? "";
}, 120_000);
afterAll(() => stage.end());

/** Of another seed: in this world it is somebody's real one. */
const foreign = (kind: Kind) => mint(kind, new Stream(99, "somebody else"));
const token = () => foreign("githubToken").value;
const ISSUED = (Object.keys(KINDS) as Kind[]).filter((kind) => !["password", "postgresUrl"].includes(kind));

const inputs = (text: string): Record<string, Input> => ({
  "a typed line": { kind: "line", terminal: 1, text: `export T=${text}` },
  "a pasted script": { kind: "line", terminal: 1, text: `cat > x <<'E'\n${"line\n".repeat(50)}${text}\nE` },
  "an answer": { kind: "reply", waiting: { terminal: 1, line: 1 }, text },
  "a saved file": {
    kind: "edit",
    path: "/home/learner/x.env",
    content: `A=1\nTOKEN=${text}\n`,
    replaces: "",
  },
  "a file's name": { kind: "edit", path: `/home/learner/${text}`, content: "", replaces: "" },
  "a request": {
    kind: "request",
    method: "POST",
    url: "https://forge.test/api",
    body: JSON.stringify({ token: text }),
  },
  "a request's address": { kind: "request", method: "GET", url: `https://forge.test/?t=${text}`, body: "" },
  "an observation": { kind: "observation", name: "run", value: text },
});

describe("a credential that this seed did not plant is refused, and its value is not repeated", () => {
  test.each(Object.keys(inputs("")))("in %s", async (place) => {
    const value = token();
    const admission = await stage.client.ask({ ask: "admit", input: inputs(value)[place] as Input });
    expect(admission).toMatchObject({ admitted: false, code: "real-credential" });
    expect(JSON.stringify(admission)).not.toContain(value);
  });

  test.each(ISSUED)("of kind %s", async (kind) => {
    const input: Input = { kind: "line", terminal: 1, text: `cat <<'E'\n${foreign(kind).sample}\nE` };
    expect(await stage.client.ask({ ask: "admit", input })).toMatchObject({
      admitted: false,
      code: "real-credential",
    });
  });
});

describe("what belongs here passes", () => {
  test("the planted value, anywhere", async () => {
    expect(planted).not.toBe("");
    for (const [place, input] of Object.entries(inputs(planted)))
      expect(await stage.client.ask({ ask: "admit", input }), place).toEqual({ admitted: true });
  });

  test.each(Object.keys(KINDS))("the lab's canary of kind %s", async (kind) => {
    const { stdout } = await stage.apply({ kind: "line", terminal: 1, text: `lab canary ${kind}` });
    expect(stdout.trim()).not.toBe("");
    expect(
      await stage.client.ask({
        ask: "admit",
        input: { kind: "edit", path: "/home/learner/c", content: stdout, replaces: "" },
      }),
    ).toEqual({ admitted: true });
  });

  const documented = [
    ["AKIAIOSFODNN7", "EXAMPLE"],
    ["wJalrXUtnFEMI/K7MDENG/", "bPxRfiCYEXAMPLEKEY"],
    ["gh", `p_${"x".repeat(36)}`],
  ].map((parts) => parts.join(""));
  test.each([
    ...documented,
    "git commit -m 'Rotate the token'",
    `psql postgres://${["app", "hunter2"].join(":")}@db.example.com/x`,
    "sha 3f786850e387550fdab836ed7e6dc881de23001b",
  ])("%s", async (text) => {
    expect(await stage.client.ask({ ask: "admit", input: { kind: "line", terminal: 1, text } })).toEqual({
      admitted: true,
    });
  });
});

describe("what is no input is refused too", () => {
  const OTHERS: readonly (readonly [name: string, input: unknown, code: string])[] = [
    ["too long", { kind: "line", terminal: 1, text: "x".repeat((1 << 20) + 1) }, "too-large"],
    ["another kind", { kind: "grade", passed: true }, "malformed"],
    ["another terminal", { kind: "line", terminal: 0, text: "" }, "malformed"],
    ["a field too many", { kind: "hint", hint: 1, free: true }, "malformed"],
    ["a relative path", { kind: "edit", path: "../x", content: "", replaces: "" }, "malformed"],
    ["time that runs backwards", { kind: "advance", seconds: -5 }, "malformed"],
  ];
  test.each(OTHERS)("%s", async (_name, input, code) => {
    expect(await stage.client.ask({ ask: "admit", input: input as Input })).toMatchObject({
      admitted: false,
      code,
    });
  });
});

test("asking stores and changes nothing", async () => {
  const before = await stage.digest();
  await stage.client.ask({ ask: "admit", input: { kind: "line", terminal: 1, text: token() } });
  expect(await stage.digest()).toBe(before);
  const { state } = await stage.client.ask({ ask: "snapshot" });
  expect(JSON.stringify((state as { entries: unknown }).entries)).not.toContain(token());
});

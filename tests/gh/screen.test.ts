/** What a person in front of the terminal sees and is asked. */
import { expect, test } from "vitest";
import { ID } from "../forge/setting.ts";
import { type Fakes, ghSetting } from "./setting.ts";

const AT = `repos/${ID}`;
const R = `-R ${ID}`;
const time = "2026-03-09T06:00:00Z";
const issue = (number: number, title: string) => ({
  number,
  title,
  state: "open",
  labels: [],
  html_url: "",
  user: null,
  body: "",
  created_at: time,
  updated_at: time,
  closed_at: null,
});
const FAKES: Fakes = {
  [`GET ${AT}/issues`]: [issue(1, "First"), issue(2, "\u001b]0;owned\u0007 two\nlines")],
  [`GET ${AT}/issues/1`]: issue(1, "First"),
  [`POST ${AT}/issues`]: { html_url: "made" },
  [`DELETE /${ID}/issues/1`]: () => new Response(null, { status: 204 }),
};

test("lists have a heading, colours and relative times; titles cannot move the cursor", async () => {
  const { stdout } = await ghSetting({ fakes: FAKES, direct: true }).run(`gh issue list ${R}`);
  expect(stdout).toContain(`\nShowing 2 of 2 open issues in ${ID}\n\n`);
  expect(stdout).toContain("\u001b[0;4;39mID\u001b[0m  \u001b[0;4;39mTITLE");
  expect(stdout).toContain("\u001b[0;32m#1\u001b[0m  First");
  expect(stdout).toContain("^[]0;owned^G two lines");
  expect(stdout).toContain("about 3 hours ago");
});

test("NO_COLOR takes the colours away, nothing else", async () => {
  const { stdout } = await ghSetting({ fakes: FAKES, direct: true, env: { NO_COLOR: "1" } }).run(
    `gh issue list ${R}`,
  );
  expect(stdout).not.toContain("\u001b");
  expect(stdout).toContain("#1");
});

test("without a terminal rows are plain, tab-separated, one a line", async () => {
  const { stdout } = await ghSetting({ fakes: FAKES }).run(`gh issue list ${R}`);
  expect(stdout).toBe(`1\tOPEN\tFirst\t\t${time}\n2\tOPEN\t^[]0;owned^G two lines\t\t${time}\n`);
});

test("what is missing is asked for", async () => {
  const { run, prompts, sent } = ghSetting({ fakes: FAKES, answers: ["T", "B"] });
  expect((await run(`gh issue create ${R}`)).stdout).toBe("made\n");
  expect(prompts).toEqual(["? Title ", "? Body "]);
  expect(sent.at(-1)?.body).toEqual({ title: "T", body: "B" });
});

test.each([
  [["1"], 0, 1],
  [["2"], 1, 0],
  [[], 2, 0],
])("deleting wants the number typed: %j", async (answers, exitCode, deleted) => {
  const { run, sent } = ghSetting({ fakes: FAKES, answers });
  expect((await run(`gh issue delete 1 ${R}`)).exitCode).toBe(exitCode);
  expect(sent.filter(({ method }) => method === "DELETE")).toHaveLength(deleted);
});

test("GH_PROMPT_DISABLED asks nobody", async () => {
  const { run, prompts } = ghSetting({ fakes: FAKES, answers: ["1"], env: { GH_PROMPT_DISABLED: "1" } });
  expect((await run(`gh issue delete 1 ${R}`)).exitCode).toBe(1);
  expect(prompts).toEqual([]);
});

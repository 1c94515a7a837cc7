/** Logs, artifacts and watching: what `gh run` makes of zips and of time. */
import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { ID } from "../forge/setting.ts";
import { type Fakes, failure, ghSetting } from "./setting.ts";

const AT = `repos/${ID}/actions`;
const R = `-R ${ID}`;
const time = "2026-03-09T08:00:00Z";
const run = {
  id: 11,
  name: "CI",
  display_title: "T",
  run_number: 1,
  run_attempt: 1,
  event: "push",
  status: "completed",
  conclusion: "failure",
  workflow_id: 5,
  head_branch: "main",
  head_sha: "a",
  html_url: `https://forge.test/${ID}/actions/runs/11`,
  created_at: time,
  updated_at: time,
};
const step = (number: number, name: string, conclusion: string) => ({
  number,
  name,
  status: "completed",
  conclusion,
});
const jobs = [
  {
    id: 21,
    run_id: 11,
    name: "test (20, a/b)",
    status: "completed",
    conclusion: "failure",
    started_at: time,
    completed_at: time,
    steps: [step(1, "Set up job", "success"), step(2, "Run npm test", "failure")],
  },
  {
    id: 22,
    run_id: 11,
    name: "lint",
    status: "completed",
    conclusion: "success",
    started_at: time,
    completed_at: time,
    steps: [step(1, "Set up job", "success")],
  },
];
const bytes = (text: string) => new TextEncoder().encode(text);
const zip = (files: Readonly<Record<string, string>>) =>
  new Response(
    zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, bytes(text)]))) as BodyInit,
  );
const logs = () =>
  zip({
    "0_test (20, ab).txt": "all\n",
    "test (20, ab)/1_Set up job.txt": `${time} ready\n`,
    "test (20, ab)/2_Run npm test.txt": `${time} one\n${time} \u001b[31mtwo\u001b[0m\n`,
    "1_lint.txt": `${time} whole\n`,
  });
const artifacts = {
  artifacts: [
    { id: 1, name: "dist", expired: false },
    { id: 2, name: "logs", expired: false },
    { id: 3, name: "old", expired: true },
  ],
};

const FAKES: Fakes = {
  [`GET ${AT}/runs/11`]: run,
  [`GET ${AT}/runs/12`]: { ...run, id: 12, status: "in_progress", conclusion: null },
  [`GET ${AT}/runs/12/jobs`]: { jobs: [{ ...jobs[0], status: "in_progress" }] },
  [`GET ${AT}/runs/11/jobs`]: { jobs },
  [`GET ${AT}/jobs/22`]: jobs[1],
  [`GET ${AT}/runs/11/logs`]: () =>
    new Response(null, { status: 302, headers: { Location: "https://forge.test/api/v3/zip" } }),
  "GET zip": logs,
  [`GET ${AT}/runs/11/artifacts`]: artifacts,
  [`GET ${AT}/artifacts`]: artifacts,
  [`GET ${AT}/artifacts/1/zip`]: () => zip({ "a.txt": "A", "sub/b.txt": "B", "../evil": "x", "/root": "x" }),
  [`GET ${AT}/artifacts/2/zip`]: () => zip({ "log.txt": "L" }),
};

const RED = "\u001b[31mtwo\u001b[0m";

describe("logs", () => {
  test.each([
    [
      `gh run view 11 --log ${R}`,
      `test (20, a/b)\tSet up job\t${time} ready\ntest (20, a/b)\tRun npm test\t${time} one\ntest (20, a/b)\tRun npm test\t${time} ${RED}\nlint\tUNKNOWN STEP\t${time} whole\n`,
    ],
    [
      `gh run view 11 --log-failed ${R}`,
      `test (20, a/b)\tRun npm test\t${time} one\ntest (20, a/b)\tRun npm test\t${time} ${RED}\n`,
    ],
    [`gh run view --log --job 22 ${R}`, `lint\tUNKNOWN STEP\t${time} whole\n`],
  ])("%s", async (line, stdout) => {
    expect(await ghSetting({ fakes: FAKES }).run(line)).toEqual({ stdout, stderr: "", exitCode: 0 });
  });

  test.each([
    [
      FAKES,
      `gh run view 12 --log ${R}`,
      "run 12 is still in progress; logs will be available when it is complete\n",
    ],
    [
      { ...FAKES, "GET zip": () => failure(404, "Not Found") },
      `gh run view 11 --log ${R}`,
      "failed to get run log: log not found\n",
    ],
    [
      { ...FAKES, "GET zip": () => new Response("no zip") },
      `gh run view 11 --log ${R}`,
      "failed to get run log: zip: not a valid zip file\n",
    ],
  ])("%#: %s", async (fakes, line, stderr) => {
    expect(await ghSetting({ fakes }).run(line)).toEqual({ stdout: "", stderr, exitCode: 1 });
  });
});

describe("artifacts", () => {
  test.each([
    [`gh run download 11 ${R}`, "./dist/a.txt ./dist/sub/b.txt ./logs/log.txt"],
    [`gh run download 11 -n dist -D out ${R}`, "./out/a.txt ./out/sub/b.txt"],
    [`gh run download -p 'lo*' ${R}`, "./logs/log.txt"],
    [`gh run download -n dist -n logs ${R}`, "./dist/a.txt ./dist/sub/b.txt ./logs/log.txt"],
  ])("%s", async (line, files) => {
    const { run: shell } = ghSetting({ fakes: FAKES });
    await shell("mkdir d && cd d");
    expect(await shell(line)).toEqual({ stdout: "", stderr: "", exitCode: 0 });
    expect((await shell("echo $(find . -type f | sort)")).stdout).toBe(`${files}\n`);
    expect(
      (await shell("cat dist/sub/b.txt out/sub/b.txt 2>/dev/null; ls /root/evil ../evil 2>/dev/null")).stdout,
    ).not.toContain("x");
  });

  test.each([
    [`gh run download 11 -n nope ${R}`, "no artifact matches any of the names or patterns provided\n"],
    [`gh run download 13 ${R}`, "no valid artifacts found to download\n"],
    [
      `gh run download 14 ${R}`,
      `error fetching artifacts: HTTP 404: Not Found (https://forge.test/api/v3/${AT}/runs/14/artifacts?per_page=100)\n`,
    ],
  ])("%s", async (line, stderr) => {
    const fakes = {
      ...FAKES,
      [`GET ${AT}/runs/13/artifacts`]: { artifacts: [artifacts.artifacts[2]] },
      [`GET ${AT}/runs/14/artifacts`]: () => failure(404, "Not Found"),
    };
    expect(await ghSetting({ fakes }).run(line)).toEqual({ stdout: "", stderr, exitCode: 1 });
  });
});

describe("watching lets virtual time pass", () => {
  /** A run that ends after so many ms. */
  function ending(conclusion: string, afterMs: number) {
    let now = () => 0;
    const over = () => now() >= Date.UTC(2026, 2, 9, 9, 0, 0) + afterMs;
    const fakes: Fakes = {
      [`GET ${AT}/runs/11`]: () =>
        over() ? { ...run, conclusion } : { ...run, status: "in_progress", conclusion: null },
      [`GET ${AT}/runs/11/jobs`]: () => ({
        jobs: [over() ? { ...jobs[1], conclusion } : { ...jobs[1], status: "in_progress", conclusion: null }],
      }),
      [`GET repos/${ID}/check-runs/22/annotations`]: [],
      [`GET repos/${ID}/pulls/7`]: {
        number: 7,
        head: { ref: "x", sha: "s", repo: null },
        base: { ref: "main", sha: "t", repo: null },
        state: "open",
        merged_at: null,
      },
      [`GET repos/${ID}/commits/s/check-runs`]: () => ({
        check_runs: [
          {
            name: "lint",
            status: over() ? "completed" : "in_progress",
            conclusion: over() ? conclusion : null,
          },
        ],
      }),
      [`GET repos/${ID}/commits/s/status`]: { statuses: [] },
      [`GET ${AT}/runs`]: { workflow_runs: [] },
    };
    const setting = ghSetting({ fakes });
    now = () => setting.world.clock.now();
    const start = now();
    return { ...setting, passed: () => now() - start };
  }

  test.each([
    ["gh run watch 11", "failure", 0],
    ["gh run watch 11 --exit-status", "failure", 1],
    ["gh run watch 11 --exit-status", "success", 0],
    ["gh run watch 11 --interval 10 --exit-status", "cancelled", 1],
  ])("%s: %s", async (line, conclusion, exitCode) => {
    const { run: shell, passed } = ending(conclusion, 40_000);
    const result = await shell(`${line} ${R}`);
    expect([result.exitCode, result.stderr]).toEqual([exitCode, ""]);
    expect(result.stdout).toContain("* lint");
    // Forty seconds for the run, to the next look, and the statement's own fifteen.
    expect(passed()).toBeGreaterThanOrEqual(55_000);
    expect(passed()).toBeLessThan(66_000);
  });

  test("gh pr checks: 8 while pending, and with --watch what came of it", async () => {
    expect(await ending("success", 60_000).run(`gh pr checks 7 ${R}`)).toEqual({
      stdout: "lint\tpending\t0\t\t\n",
      stderr: "",
      exitCode: 8,
    });
    expect(await ending("success", 60_000).run(`gh pr checks 7 --watch ${R}`)).toMatchObject({
      stdout: "lint\tpass\t0\t\t\n",
      exitCode: 0,
    });
    expect((await ending("failure", 60_000).run(`gh pr checks 7 --watch ${R}`)).exitCode).toBe(1);
  });
});

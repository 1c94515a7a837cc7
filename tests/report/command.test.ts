/** `leaklab report` over a class that the command line played, and over files that nobody should believe. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClassReport } from "../../src/report/classReport.ts";
import { leaklab, makeClass } from "./class.ts";

const folder = mkdtempSync(join(tmpdir(), "report-command-"));
const handedIn = join(folder, "class");
const csv = join(folder, "report.csv");
const html = join(folder, "report.html");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let ran: ReturnType<typeof leaklab>;
let report: ClassReport;
beforeAll(() => {
  makeClass(handedIn);
  ran = leaklab("report", handedIn, "--csv", csv, "--html", html, "--json");
  report = JSON.parse(ran.stdout) as ClassReport;
}, 240_000);

const summary = () =>
  report.learners.map(({ name, named, cells }) => ({
    name,
    named,
    cells: cells.map(({ lab, passed, met, hints, undos, sameAs }) => ({
      lab,
      passed,
      met,
      hints,
      undos,
      sameAs,
    })),
  }));

describe("a class of three", () => {
  test("ends well, and with one JSON value", () =>
    expect({ status: ran.status, stderr: ran.stderr }).toEqual({ status: 0, stderr: "" }));

  test("learner × lab, with what was met on the way", () => {
    const passed = { passed: true, met: [], hints: 0, undos: 0, sameAs: [] };
    expect(summary()).toEqual([
      {
        name: "Ada =1+1 <b>",
        named: true,
        cells: [
          { ...passed, lab: "first-clean-pr" },
          {
            lab: "unpushed-leak",
            passed: false,
            met: expect.arrayContaining(["W1"]),
            hints: 1,
            undos: 1,
            sameAs: [],
          },
        ],
      },
      { name: "ben", named: false, cells: [{ ...passed, lab: "unpushed-leak", sameAs: ["cleo"] }] },
      {
        name: "cleo",
        named: false,
        cells: [
          { lab: "revoke-first", passed: false, met: ["W1"], hints: 0, undos: 0, sameAs: [] },
          { ...passed, lab: "unpushed-leak", sameAs: ["ben"] },
        ],
      },
    ]);
    expect(report.refused).toEqual([]);
  });

  test("wrong ways are told without values", () => {
    const ways = report.labs.find(({ id }) => id === "unpushed-leak")?.met ?? [];
    expect(ways.find(({ id }) => id === "W1")).toEqual({
      id: "W1",
      sentence:
        "The newest commit is clean; commit ‹commit› below it is not. `git show ‹commit›` still prints the password.",
      learners: ["Ada =1+1 <b>"],
    });
  });

  test("CSV: a row for each learner and lab", () => {
    const rows = readFileSync(csv, "utf8").split("\r\n");
    expect(rows.length).toBe(1 + 3 * 3 + 1);
    expect(rows[1]).toMatch(/^Ada =1\+1 <b>,first-clean-pr,Your first clean pull request,passed,/);
    expect(rows.filter((row) => row.includes(",not begun,")).length).toBe(4);
  });

  test("HTML: one file, nothing loaded, no script, a name is text", () => {
    const page = readFileSync(html, "utf8");
    expect(page).toContain("Ada =1+1 &lt;b&gt;");
    expect(page).not.toMatch(/<b>|<script|src=|href=|url\(|@import/i);
    expect(page).toContain("--ink: #12212a");
    expect(page).toContain("same inputs as cleo");
  });
});

describe("files that nobody should believe", () => {
  const bad = join(folder, "bad");
  let text = "";
  beforeAll(() => {
    mkdirSync(bad);
    const good = readFileSync(join(handedIn, "ben/leak.attempt"), "utf8");
    const edited = (change: (header: Record<string, unknown>) => void) => {
      const [head = "", ...rest] = good.split("\n");
      const header = JSON.parse(head) as Record<string, unknown>;
      change(header);
      return [JSON.stringify(header), ...rest].join("\n");
    };
    const loop = { kind: "line", terminal: 1, text: "while :; do echo x; done" };
    const runaway = [good.split("\n")[0], JSON.stringify({ seq: 1, at: 0, input: loop }), '{"end":1}', ""];
    const files: Readonly<Record<string, string | Uint8Array>> = {
      "cut.attempt": good.slice(0, good.length / 2),
      "core.attempt": edited((header) => (header["core"] = "elsewhere")),
      "lab.attempt": edited((header) => (header["lab"] = "no-such-lab")),
      "digest.attempt": edited((header) => (header["labDigest"] = "0".repeat(64))),
      "seed.attempt": edited((header) => (header["seed"] = 8)),
      "noise.attempt": Uint8Array.from({ length: 5000 }, (_, i) => (i * 31) % 256),
      "big.attempt": new Uint8Array((8 << 20) + 1),
      "-rf \u001b[31m\u202e.attempt": "",
      "runaway.attempt": runaway.join("\n"),
      "notes.txt": "not looked at",
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(bad, name), content);
    symlinkSync("/etc/passwd", join(bad, "link.attempt"));
    symlinkSync(handedIn, join(bad, "folder"));
    const result = leaklab("report", bad);
    expect({ status: result.status, stderr: result.stderr }).toEqual({ status: 1, stderr: "" });
    text = result.stdout;
  }, 120_000);

  test.each([
    ["cut", /damaged or was edited/],
    ["core", /another version of LeakLab, core elsewhere/],
    ["lab", /no lab no-such-lab here/],
    ["digest", /another version of the lab unpushed-leak/],
    ["seed", /After input 0 the replay differs/],
    ["noise", /damaged or was edited/],
    ["big", /larger than 8 MB/],
  ])("%s.attempt", (name, sentence) => {
    const [, said = ""] = new RegExp(`  ${name}\\.attempt\n(.*)\n`).exec(text) ?? [];
    expect(said).toMatch(sentence);
  });

  test("a name of a file reaches the terminal as text", () => {
    expect(text).toContain("  -rf [31m .attempt\n    The file is empty.");
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  test("links are not followed, other files are not read", () => {
    expect(text).not.toMatch(/link\.attempt|folder\/|notes/);
  });

  test("what runs away is stopped where it runs, and graded", () => {
    expect(text).toMatch(/^runaway \(no name\) +\d of 6 checks$/m);
  });
});

test.each([
  [["report"], /usage: leaklab report DIR/],
  [["report", join(folder, "nowhere")], /is no directory/],
  [["report", tmpdir(), "--format", "x"], /usage: leaklab report DIR/],
])("%j is a mistake", (args, message) => {
  const { status, stderr } = leaklab(...args);
  expect({ status, said: message.test(stderr) }).toEqual({ status: 2, said: true });
});

import { expect, test } from "vitest";
import { classReport } from "./classReport.ts";
import { csvCell, reportCsv } from "./csv.ts";
import { line, regraded, reportLab, submission } from "./submission.fixture.ts";

test.each([
  [4, "4"],
  ["Ada", "Ada"],
  ["Ada, Ben", '"Ada, Ben"'],
  ['the "best"', '"the ""best"""'],
  ["two\nlines", '"two\nlines"'],
  ["=1+1", "'=1+1"],
  ["+1", "'+1"],
  ["-1", "'-1"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["  =1", "'  =1"],
  ["\t=1", "'\t=1"],
  ["＝1", "'＝1"],
  ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
  ["a=b", "a=b"],
])("%j becomes %j", (value, expected) => expect(csvCell(value)).toBe(expected));

test("one row for each learner and lab, also where nothing was begun", () => {
  const about = { lab: "one", learner: "=cmd|' /C calc'!A0" };
  const results = [
    regraded(submission("a.attempt", [line("a")], about), { met: ["W1"], hints: 1, passing: 1 }),
    regraded(submission("b.attempt", [line("b")], { lab: "two", learner: "Ben", challenge: "spring" }), {
      passed: true,
      passing: 2,
    }),
  ];
  const csv = reportCsv(classReport(results, [], [reportLab("one"), reportLab("two")]));
  expect(csv.split("\r\n")).toEqual([
    "learner,lab,title,status,checks_passed,checks_asked,hints,undos,attempts,met,same_inputs_as,seed,challenge,file",
    "'=cmd|' /C calc'!A0,one,The one,not passed,1,2,1,0,1,W1,,4,,a.attempt",
    "'=cmd|' /C calc'!A0,two,The two,not begun,0,2,0,0,0,,,,,",
    "Ben,one,The one,not begun,0,2,0,0,0,,,,,",
    "Ben,two,The two,passed,2,2,0,0,1,,,4,spring,b.attempt",
    "",
  ]);
});

import { describe, expect, test } from "vitest";
import { cellOf, classReport } from "./classReport.ts";
import type { Regraded } from "./regrade.ts";
import { line, regraded, reportLab, submission } from "./submission.fixture.ts";

const labs = [reportLab("one"), reportLab("two")];
const of = (
  path: string,
  learner: string,
  lab: string,
  did: string,
  about: Parameters<typeof regraded>[1] = {},
) =>
  regraded(
    submission(path, did === "" ? [] : [line(did)], { lab, ...(learner === "" ? {} : { learner }) }),
    about,
  );
const report = (...results: readonly Regraded[]) => classReport(results, [], labs);
const names = (...results: readonly Regraded[]) => report(...results).learners.map(({ name }) => name);

describe("whose file it is", () => {
  test.each([
    ["the name in it", [of("x/1.attempt", "Ada", "one", "a")], ["Ada"]],
    [
      "the folder",
      [of("ada/1.attempt", "", "one", "a"), of("ben/1.attempt", "", "one", "b")],
      ["ada", "ben"],
    ],
    [
      "the innermost",
      [of("c/ada/1.attempt", "", "one", "a"), of("c/ben/1.attempt", "", "one", "b")],
      ["ada", "ben"],
    ],
    ["itself", [of("1.attempt", "", "one", "a"), of("2.attempt", "", "one", "b")], ["1", "2"]],
    [
      "itself in a common folder",
      [of("c/1.attempt", "", "one", "a"), of("c/2.attempt", "", "one", "b")],
      ["1", "2"],
    ],
    ["case does not part a learner", [of("1", "Ada", "one", "a"), of("2", "ada", "two", "b")], ["Ada"]],
    [
      "numbers in order",
      [of("1", "Team 10", "one", "a"), of("2", "Team 9", "one", "b")],
      ["Team 9", "Team 10"],
    ],
    [
      "a hostile name",
      [of("1", "__proto__", "one", "a"), of("2", "constructor", "one", "b")],
      ["__proto__", "constructor"],
    ],
  ] as const)("%s", (_, results, expected) => expect(names(...results)).toEqual(expected));
});

test("the best attempt counts, wrong ways from all", () => {
  const { learners } = report(
    of("1", "Ada", "one", "a", { passing: 1, met: ["W2"] }),
    of("2", "Ada", "one", "b", { passed: true, passing: 2, hints: 2, undos: 1, met: [] }),
    of("3", "Ada", "one", "c", { passed: true, passing: 2, hints: 1, met: ["W1"] }),
  );
  expect(learners).toMatchObject([
    {
      name: "Ada",
      cells: [{ lab: "one", passed: true, hints: 1, undos: 0, attempts: 3, met: ["W1", "W2"], path: "3" }],
    },
  ]);
});

test("a file that was handed in twice is one attempt", () => {
  const { learners } = report(of("1", "Ada", "one", "a"), of("copy", "Ada", "one", "a"));
  expect(learners[0]?.cells[0]).toMatchObject({ attempts: 1, sameAs: [] });
});

describe("the same inputs", () => {
  const same = (...results: readonly Regraded[]) =>
    report(...results).learners.map((learner) => cellOf(learner, "one")?.sameAs);
  test.each([
    ["of two", [of("1", "Ada", "one", "a"), of("2", "Ben", "one", "a")], [["Ben"], ["Ada"]]],
    [
      "of three",
      [of("1", "Ada", "one", "a"), of("2", "Ben", "one", "a"), of("3", "Cleo", "one", "a")],
      [
        ["Ben", "Cleo"],
        ["Ada", "Cleo"],
        ["Ada", "Ben"],
      ],
    ],
    ["other inputs", [of("1", "Ada", "one", "a"), of("2", "Ben", "one", "b")], [[], []]],
    ["nothing done", [of("1", "Ada", "one", ""), of("2", "Ben", "one", "")], [[], []]],
    [
      "another seed",
      [
        of("1", "Ada", "one", "a"),
        regraded(submission("2", [line("a")], { lab: "one", learner: "Ben", seed: 9 })),
      ],
      [[], []],
    ],
  ] as const)("%s", (_, results, expected) => expect(same(...results)).toEqual(expected));
});

test("labs: those that were begun, with who met what, most often first", () => {
  const { labs: columns } = report(
    of("1", "Ada", "one", "a", { met: ["W1", "W2"] }),
    of("2", "Ben", "one", "b", { met: ["W2"], passed: true }),
  );
  expect(columns).toEqual([
    {
      id: "one",
      title: "The one",
      version: "1.0.0",
      asked: 2,
      passed: 1,
      begun: 2,
      met: [
        { id: "W2", sentence: "The stash still has it.", learners: ["Ada", "Ben"] },
        { id: "W1", sentence: "Commit … still has it.", learners: ["Ada"] },
      ],
    },
  ]);
});

test("the order in which workers finish changes nothing", () => {
  const results = [
    of("1", "ada", "one", "a", { met: ["W1"] }),
    of("2", "Ada", "one", "b", { passing: 1 }),
    of("3", "Ben", "two", "a"),
    of("4", "ben", "one", "a"),
  ];
  const expected = JSON.stringify(report(...results));
  for (const order of [
    [3, 2, 1, 0],
    [1, 3, 0, 2],
    [2, 0, 3, 1],
  ])
    expect(JSON.stringify(report(...order.map((i) => results[i] as Regraded)))).toBe(expected);
});

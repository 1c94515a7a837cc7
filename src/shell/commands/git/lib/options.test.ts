import { describe, expect, test } from "vitest";
import { parseOptions, type ParseSettings } from "./options.ts";

const SPEC = {
  all: { names: ["-a", "--all"] },
  count: { names: ["-n", "--max-count"], value: "required" },
  author: { names: ["--author"], value: "list" },
  abbrev: { names: ["--abbrev"], value: "optional" },
  amend: { names: ["--amend"] },
} as const;

function parse(args: string[], settings: Partial<ParseSettings> = {}) {
  return parseOptions(args, SPEC, { usage: "usage: x\n", ...settings });
}

function values(args: string[], settings: Partial<ParseSettings> = {}) {
  const parsed = parse(args, settings);
  if ("result" in parsed) throw new Error(parsed.result.stderr);
  return parsed;
}

describe("options", () => {
  test.each([
    [["-a", "f"], { all: true }, ["f"]],
    [["-an3", "f"], { all: true, count: "3" }, ["f"]],
    [["-n", "3"], { count: "3" }, []],
    [["--max-count=3", "--max-c", "4"], { count: "4" }, []],
    [["--author", "a", "--author=b"], { author: ["a", "b"] }, []],
    [["--abbrev", "7"], { abbrev: "" }, ["7"]],
    [["--abbrev=7"], { abbrev: "7" }, []],
    [["--all", "--no-all"], { all: false }, []],
    [["--author=a", "--no-author"], { author: [] }, []],
    [["f", "-a", "g"], { all: true }, ["f", "g"]],
    [["f", "--", "-a"], { all: false }, ["f", "-a"]],
    [["-"], {}, ["-"]],
  ])("%j", (args, expected, rest) => {
    const parsed = values(args);
    expect(parsed.values).toMatchObject(expected);
    expect(parsed.rest).toEqual(rest);
  });

  test("where -- stood", () => {
    expect(values(["a", "--", "b"]).dashes).toBe(1);
    expect(values(["a", "b"]).dashes).toBeNull();
  });

  test("a number alone, and what is unknown", () => {
    expect(values(["-12"], { number: "count" }).values.count).toBe("12");
    expect(values(["--zzz", "x", "-q"], { keepUnknown: true }).rest).toEqual(["--zzz", "x", "-q"]);
    expect(values(["x", "-a"], { stopAtOperand: true }).rest).toEqual(["x", "-a"]);
    expect(values(["-a", "-a"]).counts.all).toBe(2);
    expect(values(["--no-all"]).counts.all).toBe(-1);
  });

  test.each([
    [["--bogus"], "error: unknown option `bogus'\nusage: x\n"],
    [["-z"], "error: unknown switch `z'\nusage: x\n"],
    [["-n"], "error: switch `n' requires a value\n"],
    [["--max-count"], "error: option `max-count' requires a value\n"],
    [["--all=1"], "error: option `all' takes no value\n"],
    [["--a"], "error: ambiguous option: a\nusage: x\n"],
  ])("%j is a usage error", (args, stderr) => {
    const parsed = parse(args);
    expect("result" in parsed && parsed.result).toMatchObject({ exitCode: 129, stderr });
  });
});

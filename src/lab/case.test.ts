import { describe, expect, test } from "vitest";
import { chunkParser } from "../shell/chunk.ts";
import { expectationOf, scriptInputs } from "./case.ts";

describe("what a case expects", () => {
  const CASES: readonly (readonly [script: string, expected: ReturnType<typeof expectationOf>])[] = [
    ["# expect: passed\nls", { passed: true, diagnoses: [] }],
    ["# expect: passed W8", { passed: true, diagnoses: ["W8"] }],
    ["# expect: W1 W3, W4b", { passed: false, diagnoses: ["W1", "W3", "W4b"] }],
    ["# expect:", null],
    ["# expect: failed", null],
    ["# expect: w1", null],
    ["ls\n# expect: passed", null],
    ["", null],
  ];
  test.each(CASES)("%j", (script, expected) => expect(expectationOf(script)).toEqual(expected));
});

describe("a script as inputs", () => {
  const line = (text: string) => ({ kind: "line", terminal: 1, text });
  const CASES: readonly (readonly [name: string, script: string, inputs: readonly unknown[]])[] = [
    ["one line, one input", "ls\npwd\n", [line("ls"), line("pwd")]],
    ["comments and empty lines between are left out", "# expect: passed\n\n  # note\nls\n", [line("ls")]],
    [
      "a loop is one",
      "for x in a b\ndo\n  echo $x\ndone\nls",
      [line("for x in a b\ndo\n  echo $x\ndone"), line("ls")],
    ],
    [
      "a here-document keeps its comments and empty lines",
      "cat <<E\n# kept\n\nE\nls",
      [line("cat <<E\n# kept\n\nE"), line("ls")],
    ],
    ["a backslash joins", "echo a \\\n  b", [line("echo a \\\n  b")]],
    ["a pipe waits", "ls |\n  wc", [line("ls |\n  wc")]],
    ["quotes may hold lines", "echo 'a\nb'", [line("echo 'a\nb'")]],
    ["other inputs are JSON", '#@ {"kind":"hint","hint":1}\nls', [{ kind: "hint", hint: 1 }, line("ls")]],
    [
      "…but not within a chunk",
      'cat <<E\n#@ {"kind":"hint","hint":1}\nE',
      [line('cat <<E\n#@ {"kind":"hint","hint":1}\nE')],
    ],
    ["what never ends is played as it is", "echo 'open", [line("echo 'open")]],
    ["a syntax error is a line like others", "fi\nls", [line("fi"), line("ls")]],
  ];
  test.each(CASES)("%s", (_name, script, inputs) =>
    expect(scriptInputs(script, chunkParser())).toEqual(inputs),
  );
});

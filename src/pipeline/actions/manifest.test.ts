import { describe, expect, test } from "vitest";
import { parseManifest } from "./manifest.ts";
import { parseReference } from "./reference.ts";

describe("what is wrong with a manifest", () => {
  const wrong: readonly (readonly [string, string])[] = [
    ["name: x", "Top level 'runs:' section is required."],
    ["runs: { using: composite }", "Required property is missing: steps"],
    ["runs: { using: composite, steps: [{ run: ls }] }", "Required property is missing: shell"],
    ["runs: { using: composite, steps: [{ name: x }] }", "Required property is missing: run"],
    [
      "runs: { using: node20 }",
      "You are using a JavaScript Action but there is not an entry JavaScript file",
    ],
    ["runs: [", "Flow sequence"],
    ["just text", "Top level 'runs:' section is required."],
  ];
  test.each(wrong)("%s", (text, message) => {
    expect(parseManifest(text)).toContain(message);
  });
});

test("inputs, outputs and steps", () => {
  const manifest = parseManifest(`
name: Greet
inputs:
  Who: { default: 1, required: true }
  __proto__: { default: x }
outputs: { text: { value: v } }
runs:
  using: composite
  steps:
    - { id: a, run: ls, shell: bash, env: { A: 1 }, continue-on-error: true }
`);
  expect(manifest).toMatchObject({
    name: "Greet",
    runs: { using: "composite", steps: [{ id: "a", run: "ls", continueOnError: "true" }] },
  });
  if (typeof manifest === "string") throw new Error(manifest);
  expect(manifest.inputs.get("who")).toEqual({ default: "1", required: true });
  expect(manifest.inputs.get("constructor")).toBeUndefined();
});

describe("references", () => {
  const references: readonly (readonly [string, unknown])[] = [
    ["actions/checkout@v4", { kind: "remote", repository: "actions/checkout", path: "", ref: "v4" }],
    ["a/b/c/d@main", { kind: "remote", repository: "a/b", path: "c/d", ref: "main" }],
    ["a/b@feature/x", { kind: "remote", repository: "a/b", path: "", ref: "feature/x" }],
    ["./x", { kind: "local", path: "./x" }],
    ["docker://x", { kind: "docker", image: "x" }],
    ["actions/checkout", null],
    ["checkout@v4", null],
    ["a/b@", null],
    ["a b/c@v1", null],
    ["", null],
  ];
  test.each(references)("%s", (uses, expected) => {
    expect(parseReference(uses)).toEqual(expected);
  });
});

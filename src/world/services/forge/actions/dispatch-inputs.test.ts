import { expect, test } from "vitest";
import { fromUtf8 } from "../../../../base/bytes.ts";
import { judgeInputs } from "./dispatch-inputs.ts";
import { readWorkflowFile } from "./workflow-file.ts";

const FILE = `
name: Deploy
on:
  push:
  workflow_dispatch:
    inputs:
      target: { type: choice, options: [staging, production], required: true }
      dry: { type: boolean, default: true }
      count: { type: number }
      note: { description: free text }
      must: { required: true, default: here }
`;

const { name, events, inputs } = readWorkflowFile(fromUtf8(FILE));

test("name, events and inputs are read", () => {
  expect([name, events, inputs.map((it) => it.name)]).toEqual([
    "Deploy",
    ["push", "workflow_dispatch"],
    ["target", "dry", "count", "note", "must"],
  ]);
});

test.each<[given: object, answer: object | string]>([
  [{}, "Required input 'target' not provided"],
  [{ target: "staging" }, { target: "staging", dry: "true", count: "", note: "", must: "here" }],
  [
    { target: "production", dry: false, count: 3, note: "x" },
    { target: "production", dry: "false", count: "3", note: "x", must: "here" },
  ],
  [{ target: "moon" }, "Provided value 'moon' for input 'target' not in the list of allowed values"],
  [{ target: "" }, "Required input 'target' not provided"],
  [{ target: "staging", must: "" }, "Required input 'must' not provided"],
  [
    { target: "staging", dry: "perhaps" },
    "Provided value 'perhaps' for input 'dry' not in the list of allowed values",
  ],
  [{ target: "staging", count: "many" }, "Provided value 'many' for input 'count' is not a number"],
  [{ foo: 1, constructor: 2 }, 'Unexpected inputs provided: ["foo", "constructor"]'],
])("given %j: %j", (given, answer) => {
  const judged = judgeInputs(inputs, new Map(Object.entries(given)));
  expect(judged.problem ?? judged.inputs).toEqual(answer);
});

test.each<[text: string, events: string[]]>([
  ["on: push", ["push"]],
  ["on: [push, workflow_dispatch]", ["push", "workflow_dispatch"]],
  ["on:\n  __proto__:\n  push:", ["__proto__", "push"]],
  ["on: {", []],
  ["- a list", []],
  ["", []],
  ["\u0000", []],
])("events of %j", (text, wanted) => {
  expect(readWorkflowFile(fromUtf8(text)).events).toEqual(wanted);
});

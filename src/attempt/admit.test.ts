import { expect, it } from "vitest";
import { admit } from "./admit.ts";
import type { Input } from "./input.ts";
import { inputSchema } from "./schema.ts";

const LINES: readonly object[] = [
  { kind: "line", terminal: 1, text: "git status" },
  { text: "", terminal: 8, kind: "line" },
  { kind: "line", terminal: 0, text: "" },
  { kind: "line", terminal: 9, text: "" },
  { kind: "line", terminal: 1.5, text: "" },
  { kind: "line", terminal: Number.NaN, text: "" },
  { kind: "line", terminal: "1", text: "" },
  { kind: "line", terminal: 1, text: "", more: 1 },
  { kind: "line", terminal: 1, text: ["git status"] },
  { kind: "line", text: "git status" },
  { kind: "liner", terminal: 1, text: "git status" },
  { kind: "hint", hint: 1 },
  { kind: "hint", hint: 10 },
];

it.each(LINES.map((input) => [JSON.stringify(input), input] as const))("%s", async (_, input) => {
  const admission = await admit(input as Input, []);
  expect(admission.admitted).toBe(inputSchema.safeParse(input).success);
});

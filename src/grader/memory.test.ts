import { expect, test } from "vitest";
import type { Credential } from "../world/credential.ts";
import { graderMemory, tracesOf } from "./memory.ts";

const sought = (...parts: string[]) =>
  parts.map((part) => ({ id: part, parts: [part] }) as unknown as Credential);
const traced = { hits: [], complete: true };

test("results are remembered for one set of values, and the oldest sets are forgotten", () => {
  const memory = graderMemory();
  tracesOf(memory, sought("a", "b")).set("content", traced);
  expect(tracesOf(memory, sought("a", "b")).get("content")).toBe(traced);
  expect(tracesOf(memory, sought("a")).size).toBe(0);
  for (let i = 0; i < 20; i++) tracesOf(memory, sought(`other ${i}`));
  expect(memory.otherTraces.size).toBeLessThan(20);
  expect(tracesOf(memory, sought("a", "b")).size).toBe(0);
});

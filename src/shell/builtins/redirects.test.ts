import { expect, test } from "vitest";
import { plainResult, staysHere, withoutRedirects } from "./redirects.ts";

interface Prepared {
  prepare(): Promise<{ readonly standardRoutes: ReadonlyMap<number, unknown> }>;
}

const routesOf = async (state: Parameters<typeof withoutRedirects>[1]) =>
  (await (withoutRedirects([], state) as Prepared).prepare()).standardRoutes;

test("nothing is prepared where there is no redirect, and the output stays", async () => {
  const state = { fileDescriptors: new Map<number, string>(), closedStandardFds: new Set<number>() };
  const routes = await routesOf(state);
  expect(staysHere([], routes, state)).toBe(true);
  expect(staysHere([{}], routes, state)).toBe(false);
  expect(staysHere([], new Map(routes), state)).toBe(false);
});

test("a redirect or a file of the shell's own takes the long way", () => {
  expect(withoutRedirects([{}], {})).toBeNull();
  expect(withoutRedirects([], { fileDescriptors: new Map([[3, "f"]]) })).toBeNull();
  expect(withoutRedirects([], { closedStandardFds: new Set([1]) })).toBeNull();
});

test("…and so does what a command says after it has opened one", async () => {
  const routes = await routesOf({});
  expect(staysHere([], routes, { fileDescriptors: new Map([[1, "f"]]) })).toBe(false);
  expect(staysHere([], routes, { fileDescriptors: new Map([[2, "f"]]) })).toBe(false);
});

test("a result keeps what it says, how it is encoded and what it counts for", () => {
  const said = { stdout: "a", stderr: "b", exitCode: 3 };
  const kept = {
    ...said,
    stdoutKind: "bytes",
    stdoutEncoding: "binary",
    internalPipeStatusOverride: [0, 3],
    internalOutputAccounting: { stdout: 1, stderr: 1 },
  };
  expect(plainResult({ ...kept, internalStdinConsumed: 9 } as typeof kept)).toEqual(kept);
  expect(plainResult(said)).toEqual(said);
});

/** The runner inside the realm: QuickJS loads there, and two plays are the same to the byte. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { startThread, type TestThread } from "../threads/testThread.ts";
import type { PlayedInside } from "./inside.ts";

const WORKFLOW = `
on: push
permissions: { id-token: write, contents: read }
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
      - run: node -p 'new Date().toISOString() + " " + typeof process'; sleep 5; echo $RANDOM
      - uses: actions/github-script@v7
        with: { script: "core.info(await core.getIDToken('x')); console.log(Math.random()); return typeof WebAssembly" }
      - run: mkdir d && date > d/when
      - uses: actions/upload-artifact@v4
        with: { name: a, path: d }
      - uses: actions/cache@v4
        with: { path: d, key: k }
`;

let thread: TestThread<string, PlayedInside>;

beforeAll(async () => {
  thread = await startThread<string, PlayedInside>("tests/workflows/inside.thread.ts", {
    env: { TZ: "Asia/Kolkata" },
  });
}, 120_000);
afterAll(() => thread.end());

test("everything runs there", async () => {
  const { log } = await thread.ask(WORKFLOW);
  expect(log).toContain("2026-03-03T09:0");
  expect(log).toContain("Z object\n");
  expect(log).not.toContain("##[error]");
});

test("and gives the same log and world each time", async () => {
  expect(await thread.ask(WORKFLOW)).toEqual(await thread.ask(WORKFLOW));
});

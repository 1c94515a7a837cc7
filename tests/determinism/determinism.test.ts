/** One attempt, one digest: whatever the host's zone and language, whoever looks meanwhile, wherever it is resumed. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Input } from "../../src/attempt/input.ts";
import { Stage } from "../../src/cli/attemptRun.ts";
import { ROOT } from "../../src/cli/coreBuild.ts";
import { startCoreWorker } from "../../src/cli/coreWorker.ts";
import type { PlayData } from "../../src/attempt/play.ts";
import { attemptInputs, determinismLab, makeAttempt, type Made } from "./attempt.ts";
import { differences } from "./differences.ts";

let made: Made;
let end: PlayData;
const folder = mkdtempSync(join(tmpdir(), "determinism-"));
const bundle = JSON.stringify(determinismLab);

beforeAll(async () => {
  made = await makeAttempt();
  writeFileSync(join(folder, "attempt"), made.text);
  const stage = await Stage.open(determinismLab, made.attempt.header, attemptInputs);
  end = (await stage.client.ask({ ask: "snapshot" })).state as PlayData;
  await stage.end();
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A digest that differs tells nothing; this tells where. */
async function expectSame(stage: Stage): Promise<void> {
  const { state } = await stage.client.ask({ ask: "snapshot" });
  expect(differences(end, state as PlayData)).toEqual([]);
  expect(await stage.digest()).toBe(made.digest);
}

test("the attempt does what it is meant to do", () => {
  const kinds = new Set(attemptInputs.map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual([
    "advance",
    "close",
    "edit",
    "hint",
    "interrupt",
    "line",
    "observation",
    "reply",
    "undo",
  ]);
  const shown = made.played.at(-1)?.stdout;
  expect(shown).not.toMatch(/error|missing/);
  expect(
    made.played
      .filter(({ applied }) => applied.refused !== undefined)
      .map(({ applied }) => applied.refused?.code),
  ).toEqual(["stale"]);
});

describe("under another time zone and language", () => {
  const HOSTS = [
    { TZ: "Asia/Kolkata", LC_ALL: "da_DK.UTF-8", LANG: "da_DK.UTF-8", hour: 5, locale: "da-DK" },
    { TZ: "America/New_York", LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8", hour: 19, locale: "tr-TR" },
  ] as const;
  test.each(HOSTS)("$TZ, $LANG", { timeout: 120_000 }, async ({ TZ, LC_ALL, LANG, hour, locale }) => {
    const env = { ...process.env, TZ, LC_ALL, LANG };
    const { stdout } = await promisify(execFile)(
      "node",
      ["tests/determinism/replay.ts", join(folder, "attempt")],
      { cwd: ROOT, env },
    );
    // The host must really be another one, or the digest proves nothing.
    expect(JSON.parse(stdout)).toEqual({ digest: made.digest, divergedAt: null, host: { hour, locale } });
  });
});

test("with every kind of look between the inputs", { timeout: 120_000 }, async () => {
  const until =
    attemptInputs.findIndex((input, i) => input.kind === "line" && isBusy(attemptInputs[i + 1])) + 2;
  const stage = await Stage.open(determinismLab, made.attempt.header, []);
  const look = async () => {
    for (const ask of [
      { ask: "check" },
      { ask: "view" },
      { ask: "digest" },
      { ask: "snapshot" },
      { ask: "history", terminal: 1 },
      { ask: "parse", text: "for x in" },
      { ask: "read", path: "/home/learner/walk/README.md" },
      { ask: "scan", path: "a.js", content: "const x = 1;\n" },
      { ask: "admit", input: { kind: "line", terminal: 1, text: "ls" } },
      { ask: "complete", terminal: 1, text: "git ch", cursor: 6 },
      { ask: "complete", terminal: 3, text: "cat ~/w", cursor: 7 },
    ] as const) {
      await stage.client.ask(ask);
    }
  };
  await look();
  for (const input of attemptInputs.slice(0, until - 2)) {
    await stage.apply(input);
    await look();
  }
  await stage.end();
  const resumed = await Stage.open(determinismLab, made.attempt.header, attemptInputs.slice(0, until));
  const looked = { ...resumed, apply: (input: Input) => resumed.apply(input) };
  for (const input of attemptInputs.slice(until)) {
    await looked.apply(input);
    await resumed.client.ask({ ask: "check" });
    await resumed.client.ask({ ask: "view" });
    await resumed.client.ask({ ask: "complete", terminal: 3, text: "ls ", cursor: 3 });
  }
  await expectSame(resumed);
  await resumed.end();
});

function isBusy(next: Input | undefined): boolean {
  return next?.kind === "interrupt" && next.work > 0;
}

test("resumed from a snapshot at every third input", { timeout: 180_000 }, async () => {
  const { header } = made.attempt;
  const source = await startCoreWorker();
  const target = await startCoreWorker();
  for (let k = 0; k <= attemptInputs.length; k += 3) {
    // A busy line and its Ctrl-C are one: nobody takes a snapshot between them.
    if (isBusy(attemptInputs[k])) continue;
    await source.client.ask({ ask: "open", header, bundle, inputs: attemptInputs.slice(0, k) });
    const snapshot = await source.client.ask({ ask: "snapshot" });
    await target.client.ask({
      ask: "open",
      header,
      bundle,
      inputs: attemptInputs.slice(snapshot.seq),
      snapshot,
    });
    const { state } = await target.client.ask({ ask: "snapshot" });
    expect(differences(end, state as PlayData), `resumed after ${k}`).toEqual([]);
    expect(await target.client.ask({ ask: "digest" }), `resumed after ${k}`).toBe(made.digest);
  }
  await Promise.all([source.end(), target.end()]);
});

test("a snapshot that was written and read again is the same", { timeout: 60_000 }, async () => {
  const worker = await startCoreWorker();
  await worker.client.ask({ ask: "open", header: made.attempt.header, bundle, inputs: attemptInputs });
  const before = await worker.client.ask({ ask: "digest" });
  const snapshot = structuredClone(await worker.client.ask({ ask: "snapshot" }));
  await worker.client.ask({ ask: "open", header: made.attempt.header, bundle, inputs: [], snapshot });
  expect(await worker.client.ask({ ask: "digest" })).toBe(before);
  await worker.end();
});

test("a recorded digest that is not the state's is reported at its input", { timeout: 60_000 }, async () => {
  const digests = [...made.attempt.digests].map(
    ([seq, digest]) => [seq, seq === 10 ? "f".repeat(64) : digest] as const,
  );
  const stage = await Stage.open(determinismLab, made.attempt.header, attemptInputs, digests);
  expect(stage.opened.divergedAt).toBe(10);
  await stage.end();
});

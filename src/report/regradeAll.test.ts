import { describe, expect, test } from "vitest";
import { WorldClient, type WorkerPort } from "../worker/client.ts";
import type { Request } from "../worker/protocol.ts";
import { regradeAll } from "./regradeAll.ts";
import { line, reportLab, submission } from "./submission.fixture.ts";

type Answer = (request: Request) => unknown;
const SILENT = Symbol("no answer");

const grade = (diagnoses: readonly string[], passed = false) => ({
  passed,
  checks: [
    { id: "a", required: true, verdict: passed ? "pass" : "fail" },
    { id: "b", required: false, verdict: "pass" },
  ],
  diagnoses: diagnoses.map((id) => ({ id })),
  hints: 1,
  undos: 2,
});

/** A worker that answers as it is told, or not at all. */
function hosts(answer: Answer) {
  const started: { asked: Request[]; ended: boolean }[] = [];
  const startWorker = async () => {
    const host = { asked: [] as Request[], ended: false };
    started.push(host);
    const port: WorkerPort = {
      onmessage: null,
      onerror: null,
      terminate: () => void (host.ended = true),
      postMessage: (message) => {
        const request = message as Request;
        host.asked.push(request);
        const value = answer(request);
        if (value === SILENT) return;
        const told =
          value instanceof Error
            ? { told: "failed", id: request.id, code: "internal", message: value.message }
            : { told: "answer", id: request.id, value };
        queueMicrotask(() => port.onmessage?.({ data: told } as MessageEvent));
      },
    };
    return new WorldClient(port);
  };
  return { started, startWorker };
}

const opened = { divergedAt: null };
const plain: Answer = ({ ask }) => (ask === "check" ? grade(["W1", "W2", "W3"]) : opened);
const lab = async (id: string) => (id === "gone" ? null : reportLab(id));
const run = (answer: Answer, inputs: Parameters<typeof submission>[1], about = {}) => {
  const { started, startWorker } = hosts(answer);
  const from = submission("x.attempt", inputs, about);
  const parts = { lab, startWorker, workers: 2, timeLimit: 30 };
  return regradeAll([from], parts).then(([result]) => ({ result, started }));
};

describe("what the learner was shown counts", () => {
  test("the first two, at each verdict", async () => {
    const shown = [["W2", "W1", "W3"], []];
    const answer: Answer = ({ ask }) =>
      ask === "check" ? grade(shown.shift() ?? [], shown.length === 0) : opened;
    const { result, started } = await run(answer, [line("lab check"), line("b")]);
    expect(result).toMatchObject({
      ok: true,
      value: { passed: true, passing: 1, asked: 1, met: ["W1", "W2"] },
    });
    expect(started[0]?.asked.map((it) => (it.ask === "open" ? it.inputs.length : it.ask))).toEqual([
      0,
      1,
      "check",
      2,
      "check",
    ]);
    expect(started[0]?.ended).toBe(true);
  });
});

test.each([
  ["unknown-lab", plain, { lab: "gone" }],
  ["other-core", plain, { core: "core-2" }],
  ["other-lab", plain, { labDigest: "1".repeat(64) }],
  ["diverged", (({ ask }) => (ask === "check" ? grade([]) : { divergedAt: 1 })) as Answer, {}],
  ["crashed", (() => new Error("out of memory")) as Answer, {}],
  ["too-slow", (() => SILENT) as Answer, {}],
] as const)("%s", async (code, answer, about) => {
  const { result } = await run(answer, [line("a")], about);
  expect(result).toMatchObject({ ok: false, error: { path: "x.attempt", code } });
});

test("what this build may not replay reaches no worker", async () => {
  const { started } = await run(plain, [line("a")], { core: "core-2" });
  expect(started).toEqual([]);
});

test("lab data that cannot be loaded costs only its own attempts", async () => {
  const { startWorker } = hosts(plain);
  const results = await regradeAll(
    [submission("1", [line("a")], { lab: "far" }), submission("2", [line("a")], { lab: "near" })],
    {
      lab: async (id) => {
        if (id === "far") throw new Error("offline");
        return reportLab(id);
      },
      startWorker,
      workers: 1,
      timeLimit: 1000,
    },
  );
  expect(results).toMatchObject([{ ok: false, error: { code: "lab-not-loaded" } }, { ok: true }]);
});

test("after one that does not end, a new worker goes on", async () => {
  const answer: Answer = (request) =>
    request.ask === "open" && request.header.seed === 1 ? SILENT : plain(request);
  const { started, startWorker } = hosts(answer);
  const results = await regradeAll(
    [submission("1", [line("a")], { seed: 1 }), submission("2", [line("a")], { seed: 2 })],
    { lab, startWorker, workers: 1, timeLimit: 30 },
  );
  expect(results).toMatchObject([{ ok: false, error: { code: "too-slow" } }, { ok: true }]);
  expect(started.map(({ ended }) => ended)).toEqual([true, true]);
});

import { describe, expect, test } from "vitest";
import type { Entry, Input } from "../../worker/protocol.ts";
import { WorldClient, type WorkerPort } from "../../worker/client.ts";
import type { Applied, LabPage, Opened, Request, Told } from "../../worker/protocol.ts";
import type { AttemptLock } from "./lock.ts";
import { LogError, memoryLog, type AttemptLog } from "./log.ts";
import { Session, type SessionParts } from "./session.ts";

const page = { id: "lab", version: "1", labDigest: "digest", core: "core-1" } as LabPage;
const prompt = { text: "$ ", cwd: "/", branch: null, user: "you" };

/** A worker whose answers the test gives; `hang` lines stay busy, `foreign` lines are not admitted. */
function fakeWorker(diary: string[]): WorldClient {
  const port: WorkerPort = {
    onmessage: null,
    onerror: null,
    terminate: () => diary.push("terminate"),
    postMessage: (message) => {
      const request = message as Request;
      const answer = answerTo(request, (told) => port.onmessage?.({ data: told } as MessageEvent));
      if (request.ask === "open") diary.push(`open ${request.inputs.map(spell).join(",")}`);
      if (request.ask === "apply") diary.push(`apply ${spell(request.input)}`);
      if (answer === undefined) return;
      queueMicrotask(() =>
        port.onmessage?.({ data: { told: "answer", id: request.id, value: answer } } as MessageEvent),
      );
    },
  };
  return new WorldClient(port);
}

function spell(input: Input): string {
  return input.kind === "line"
    ? input.text
    : input.kind === "interrupt"
      ? `interrupt@${input.work}`
      : input.kind;
}

function answerTo(request: Request, tell: (told: Told) => void): unknown {
  if (request.ask === "open") {
    const opened: Opened = {
      core: "core-1",
      prompts: { 1: prompt },
      replayed: request.inputs.length,
      divergedAt: null,
      clockMs: 15_000 * request.inputs.length,
      startMs: 0,
      transcript: [],
    };
    return opened;
  }
  if (request.ask === "admit") {
    const foreign = request.input.kind === "line" && request.input.text === "foreign";
    return foreign ? { admitted: false, code: "real-credential", message: "no" } : { admitted: true };
  }
  if (request.ask === "apply") {
    if (request.input.kind === "line" && request.input.text === "hang") {
      tell({ told: "work", terminal: 1, work: 42 });
      return undefined;
    }
    const applied: Applied = { seq: 0, exitCode: 0, prompt, clockMs: 99, waiting: null };
    return applied;
  }
  return null;
}

function setup(change: Partial<SessionParts> & { log?: AttemptLog } = {}) {
  const diary: string[] = [];
  const inner = change.log ?? memoryLog();
  const log: AttemptLog = {
    ...inner,
    append: async (id, owner, entry) => {
      await inner.append(id, owner, entry);
      diary.push(`stored ${spell(entry.input)}`);
    },
  };
  let ids = 0;
  const parts: SessionParts = {
    page,
    startWorker: () => fakeWorker(diary),
    openLog: async () => log,
    lock: { tryHold: async () => true, takeOver: async () => {} },
    newId: () => `id-${diary.length}-${ids++}`,
    newSeed: () => 5,
    now: () => 0,
    idle: () => {},
    after: (work, ms) => void setTimeout(work, ms),
    stop: null,
    ...change,
  };
  return { session: new Session(parts), diary, log };
}

const kinds = (entries: readonly Entry[]) => entries.map(({ input }) => spell(input));

test("an input is stored before it is applied", async () => {
  const { session, diary } = setup();
  await session.open();
  await session.submit(1, "ls");
  expect(diary).toEqual(["open ", "stored ls", "apply ls"]);
  expect(session.phase.value).toEqual({ at: "ready" });
  expect(session.clockMs.value).toBe(99);
});

test("inputs go one after another, in order", async () => {
  const { session, diary } = setup();
  await session.open();
  await Promise.all([session.submit(1, "a"), session.submit(1, "b")]);
  expect(diary.slice(1)).toEqual(["stored a", "apply a", "stored b", "apply b"]);
});

test("what is not admitted is neither stored nor applied", async () => {
  const { session, diary } = setup();
  await session.open();
  expect(await session.submit(1, "foreign")).toMatchObject({ refused: true, code: "real-credential" });
  expect(diary).toEqual(["open "]);
  expect(session.entries.value).toEqual([]);
});

test("a reload replays what is stored", async () => {
  const log = memoryLog();
  const first = setup({ log });
  await first.session.open();
  await first.session.submit(1, "a");
  const second = setup({ log });
  await second.session.open();
  expect(second.diary).toEqual(["open a"]);
  expect(second.session.record.value?.header.seed).toBe(5);
});

test("Ctrl-C on a busy worker stores the last work count, ends the worker and replays", async () => {
  const { session, diary } = setup();
  await session.open();
  const running = session.submit(1, "hang");
  await expect.poll(() => session.phase.value.at).toBe("running");
  await session.interrupt(1);
  expect(await running).toMatchObject({ exitCode: 130 });
  expect(diary.slice(1)).toEqual([
    "stored hang",
    "apply hang",
    "stored interrupt@42",
    "terminate",
    "open hang,interrupt@42",
  ]);
  expect(session.phase.value).toEqual({ at: "ready" });
  expect(await session.submit(1, "ls")).toMatchObject({ exitCode: 0 });
});

test("Ctrl-C at the prompt stores nothing", async () => {
  const { session, diary } = setup();
  await session.open();
  await session.interrupt(1);
  expect(diary).toEqual(["open "]);
});

describe("storage that fails", () => {
  test("blocked: play goes on in memory, and the page can say so", async () => {
    const { session } = setup({ openLog: async () => Promise.reject(new LogError("blocked")) });
    await session.open();
    await session.submit(1, "ls");
    expect(session.storage.value).toBe("blocked");
    expect(kinds(session.entries.value)).toEqual(["ls"]);
    expect(session.attemptFile()?.text.split("\n")).toHaveLength(4);
  });

  test("full: the input that did not fit is applied and kept in memory", async () => {
    const inner = memoryLog();
    let room = 1;
    const log: AttemptLog = {
      ...inner,
      append: (id, owner, entry) =>
        room-- > 0 ? inner.append(id, owner, entry) : Promise.reject(new LogError("full")),
    };
    const { session, diary } = setup({ log });
    await session.open();
    await session.submit(1, "a");
    await session.submit(1, "b");
    await session.submit(1, "c");
    expect(session.storage.value).toBe("full");
    expect(kinds(session.entries.value)).toEqual(["a", "b", "c"]);
    expect(diary.filter((text) => text.startsWith("apply"))).toEqual(["apply a", "apply b", "apply c"]);
  });

  test("evicted: the whole attempt is stored again", async () => {
    const first = memoryLog();
    const second = memoryLog();
    const logs = [first, second];
    const { session } = setup({ openLog: async () => logs.shift()! });
    await session.open();
    await session.submit(1, "a");
    first.append = () => Promise.reject(new LogError("evicted"));
    await session.submit(1, "b");
    expect(session.storage.value).toBe("evicted");
    expect(kinds((await second.current("lab"))!.entries)).toEqual(["a", "b"]);
    await session.submit(1, "c");
    expect(kinds((await second.current("lab"))!.entries)).toEqual(["a", "b", "c"]);
  });
});

describe("two tabs", () => {
  const taken: AttemptLock = { tryHold: async () => false, takeOver: async () => {} };

  test("the second reads only, and plays after taking over", async () => {
    const log = memoryLog();
    const first = setup({ log });
    await first.session.open();
    await first.session.submit(1, "a");
    const second = setup({ log, lock: taken, newId: () => "second" });
    await second.session.open();
    expect(second.session.access.value).toBe("reader");
    expect(await second.session.submit(1, "b")).toMatchObject({ code: "read-only" });
    await first.session.submit(1, "c");
    await second.session.takeOver();
    expect(kinds(second.session.entries.value)).toEqual(["a", "c"]);
    expect(await second.session.submit(1, "d")).toMatchObject({ exitCode: 0 });
  });

  test("a tab that was not told that it lost the attempt still cannot write", async () => {
    const log = memoryLog();
    const first = setup({ log });
    await first.session.open();
    const second = setup({ log, lock: taken, newId: () => "second" });
    await second.session.open();
    await second.session.takeOver();
    expect(await first.session.submit(1, "late")).toMatchObject({ code: "read-only" });
    expect(first.session.access.value).toBe("reader");
    expect((await log.current("lab"))!.entries).toEqual([]);
  });
});

test("an attempt of another core is not replayed; starting again sets it aside", async () => {
  const log = memoryLog();
  const old = setup({ log });
  await old.session.open();
  await old.session.submit(1, "a");
  const { session, diary } = setup({ log, page: { ...page, core: "core-2" } });
  await session.open();
  expect(session.phase.value.at).toBe("other-core");
  expect(diary).toEqual([]);
  await session.reset("new");
  expect(session.phase.value.at).toBe("ready");
  expect((await log.all("lab")).map(({ state, last }) => `${state} ${last}`)).toEqual(["aside 1", "open 0"]);
});

test("an attempt with a hole is not replayed", async () => {
  const log = memoryLog();
  const first = setup({ log });
  await first.session.open();
  await first.session.submit(1, "a");
  await first.session.submit(1, "b");
  const stored = (await log.current("lab"))!;
  const holed: AttemptLog = {
    ...log,
    current: async () => ({ ...stored, entries: stored.entries.slice(1) }),
  };
  const { session, diary } = setup({ log: holed });
  await session.open();
  expect(session.phase.value.at).toBe("damaged");
  expect(diary).toEqual([]);
});

test("reset with the same seed keeps the seed and sets the attempt aside", async () => {
  let seed = 5;
  const { session, log } = setup({ newSeed: () => seed++ });
  await session.open();
  await session.submit(1, "a");
  await session.reset("same");
  expect(session.record.value?.header.seed).toBe(5);
  await session.reset("new");
  expect(session.record.value?.header.seed).toBe(6);
  expect((await log.all("lab")).map(({ state }) => state)).toEqual(["aside", "aside", "open"]);
  expect(session.entries.value).toEqual([]);
});

/** A hosted history that is rewritten with more or less care, and how the grader sees it. */
import { beforeEach, describe, expect, test } from "vitest";
import { Stream } from "../base/stream.ts";
import { mint } from "../engine/kinds.ts";
import { START_MS } from "../world/clock.ts";
import type { Repository as Hosted } from "../world/services/forge/model.ts";
import { objectsOf } from "../world/services/forge/git/objects.ts";
import { World } from "../world/world.ts";
import { historyKept } from "./checks/historyKept.ts";
import { oldHistory, rewrittenWrong, wrongOrder } from "./diagnoses/history.ts";
import { graderMemory, type GraderMemory } from "./memory.ts";
import { setScene, type Scene } from "./scene.ts";

const REPOSITORY = "lantern-tides/tides";
const SECRET = mint("password", new Stream(1, "history")).value;
const chosen = { repository: REPOSITORY, credential: "key" };

type Files = Readonly<Record<string, string>>;

let start: World;
let world: World;
let memory: GraderMemory;

/** One commit on a parent; everything that is not said is the same each time. */
function commit(at: World, files: Files, parents: string[], message: string, author = "Mina"): string {
  const objects = objectsOf(at.forge, at.forge.find(REPOSITORY) as Hosted);
  const entries = Object.entries(files).map(
    ([path, text]) => [path, { mode: "100644", id: objects.writeBlob(text) }] as const,
  );
  const tree = objects.editTree(null, new Map(entries));
  const person = {
    name: author,
    email: `${author.toLowerCase()}@lantern-tides.test`,
    atMs: START_MS,
    zone: "+0000",
  };
  return objects.writeCommit({ tree, parents, author: person, committer: person, message });
}

function point(at: World, ref: string, id: string | null): void {
  objectsOf(at.forge, at.forge.find(REPOSITORY) as Hosted).setRef(ref, id);
}

/** a – the secret comes in – it is moved, and more – gone. */
function line(at: World, places: readonly string[], author?: string): string[] {
  const [old, moved] = places.map((path): Files => ({ [path]: `URL=${SECRET}\n` }));
  const first = commit(at, { README: "1" }, [], "one", author);
  const second = commit(at, { README: "2", ...old }, [first], "two", author);
  const third = commit(at, { README: "3", ...moved }, [second], "three", author);
  return [first, second, third, commit(at, { README: "4" }, [third], "four", author)];
}

function scene(): Scene {
  const stage = {
    world,
    start,
    work: "/w",
    home: "/h",
    remote: REPOSITORY,
    play: async () => Promise.reject(),
  };
  return setScene(stage, memory);
}

beforeEach(() => {
  memory = graderMemory();
  start = World.empty(1, { detect: () => [] });
  start.credentials.add({
    id: "key",
    kind: "password",
    issuer: "none",
    value: SECRET,
    parts: [SECRET],
    owner: "teo",
    scope: "",
    grants: null,
    planted: true,
    status: "active",
    createdAtMs: 0,
    expiresAtMs: null,
    uses: [],
  });
  start.forge.createAccount("lantern-tides", { type: "Organization" });
  start.forge.createRepository(REPOSITORY, {});
  const ids = line(start, ["a.env", "b.env"]);
  point(start, "refs/heads/main", ids[3] as string);
  point(start, "refs/tags/v1", ids[2] as string);
  world = start.fork();
});

const verdict = async () => (await historyKept.judge(scene(), chosen)).verdict;

describe("history-kept", () => {
  test("nothing happened, or the file alone is gone from each commit", async () => {
    expect(await verdict()).toBe("pass");
    const ids = line(world, []);
    point(world, "refs/heads/main", ids[3] as string);
    point(world, "refs/tags/v1", ids[2] as string);
    expect(await verdict()).toBe("pass");
    point(world, "refs/heads/main", commit(world, { README: "5" }, [ids[3] as string], "five"));
    expect(await verdict()).toBe("pass");
  });

  test.each<[string, () => void, string]>([
    ["a tag is gone", () => point(world, "refs/tags/v1", null), "v1 is gone"],
    [
      "authors changed",
      () => point(world, "refs/heads/main", line(world, [], "Teo")[3] as string),
      "main lacks what",
    ],
    [
      "commits were joined",
      () => point(world, "refs/heads/main", commit(world, { README: "4" }, [], "four")),
      "main lacks what",
    ],
    [
      "a tag has another tree",
      () => point(world, "refs/tags/v1", line(world, [])[3] as string),
      "v1 lacks README as it was",
    ],
  ])("not when %s", async (_name, change, said) => {
    change();
    const { verdict: judged, evidence } = await historyKept.judge(scene(), chosen);
    expect(judged).toBe("fail");
    expect(evidence[0]?.at).toContain(said);
    const recognised = await rewrittenWrong.recognise(scene(), chosen);
    expect(`${recognised?.values["ref"]} ${recognised?.values["what"]}`).toContain(said);
  });
});

describe("old-history", () => {
  const rests = ["untouched", "one-path", "merged-back", "other-refs", "no-ref"] as const;
  const told = async () => {
    const found: [string, Readonly<Record<string, string>>][] = [];
    for (const rest of rests) {
      const it = await oldHistory.recognise(scene(), { ...chosen, branch: "main", rest });
      if (it) found.push([rest, it.values]);
    }
    return found;
  };

  test("untouched: which commits, and what else", async () => {
    expect(await told()).toEqual([["untouched", { count: "2", first: "2", last: "3", refs: "v1" }]]);
  });

  test("one path of two", async () => {
    point(world, "refs/heads/main", line(world, ["a.env"])[3] as string);
    expect(await told()).toMatchObject([["one-path", { path: "a.env" }]]);
  });

  test("other refs, then none", async () => {
    const ids = line(world, []);
    point(world, "refs/heads/main", ids[3] as string);
    expect(await told()).toEqual([["other-refs", { refs: "v1", count: "1" }]]);
    point(world, "refs/tags/v1", ids[2] as string);
    expect(await told()).toMatchObject([["no-ref", { way: "by its id" }]]);
  });

  test("merged back", async () => {
    const old = objectsOf(world.forge, world.forge.find(REPOSITORY) as Hosted).ref(
      "refs/heads/main",
    ) as string;
    const merge = commit(world, { README: "4" }, [line(world, [])[3] as string, old], "Merge");
    point(world, "refs/heads/main", merge);
    expect(await told()).toEqual([["merged-back", { commit: merge.slice(0, 7), minutes: "0" }]]);
  });
});

test("wrong-order: only where both came", async () => {
  const asked = { first: { event: "a" }, next: { event: "b" } };
  const recognised = async () => (await wrongOrder.recognise(scene(), asked))?.values ?? null;
  const happen = (kind: string) => world.record({ who: "forge", kind, what: kind, data: {} });
  happen("b");
  expect(await recognised()).toBeNull();
  await world.advance(120_000);
  happen("a");
  expect(await recognised()).toEqual({ minutes: "2", seconds: "120" });
});

test("wrong-order: less than the asked time apart", async () => {
  const happen = (kind: string) => world.record({ who: "forge", kind, what: kind, data: {} });
  happen("c");
  await world.advance(90_000);
  happen("d");
  const recognised = async (apart: number) =>
    (await wrongOrder.recognise(scene(), { first: { event: "c" }, next: { event: "d" }, apart }))?.values ??
    null;
  expect(await recognised(90)).toBeNull();
  expect(await recognised(91)).toEqual({ minutes: "2", seconds: "90" });
});

import { describe, expect, test } from "vitest";
import { graderMemory } from "../grader/memory.ts";
import { line, smallOptions, WORK } from "./play.fixture.ts";
import { Play } from "./play.ts";
import { viewOf } from "./view.ts";

async function awayAfter(script: string): Promise<(readonly [string, readonly string[]])[]> {
  const play = await Play.begin(smallOptions);
  await play.step(line(`cd ~/work; ${script}`));
  const { world } = play;
  const before = play.digest();
  const view = await viewOf({
    world,
    startMs: 0,
    work: WORK,
    remote: "lantern-tides/work",
    memory: graderMemory(),
  });
  expect(play.digest(), "looking changes nothing").toBe(before);
  const commits = view.repository?.commits ?? [];
  return commits.flatMap(({ subject, away }) => (away === null ? [] : [[subject, away] as const]));
}

const AWAY = `git push -q https://forge.test/lantern-tides/work.git main
git switch -qc topic && git commit -q --allow-empty -m One && git commit -q --allow-empty -m Two
git push -q https://forge.test/lantern-tides/work.git topic
git switch -q main && git branch -qD topic && rm -rf .git/refs/remotes`;

describe("commits that only the forge has", () => {
  test("nothing is away that this machine keeps", async () => {
    expect(await awayAfter(AWAY)).toEqual([]);
  });

  test("what was dropped here is named by what leads to it there", async () => {
    const script = `${AWAY}; git reflog expire --expire=now --all; git gc -q --prune=now`;
    expect(await awayAfter(script)).toEqual([
      ["Two", ["topic"]],
      ["One", []],
    ]);
  });
});

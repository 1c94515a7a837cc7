import { expect, test } from "vitest";
import { graderMemory } from "../grader/memory.ts";
import { committedFile } from "./committedFile.ts";
import { line, smallOptions, WORK } from "./play.fixture.ts";
import { Play } from "./play.ts";

test.each([
  ["what the disk has now is another matter", "echo more >> README.md", "README.md", "# Work\n"],
  ["the newest commit counts", "echo x > README.md; git commit -qam x", "README.md", "x\n"],
  ["staged is not committed", "echo x > new; git add new", "new", null],
  ["deleted on disk only", "rm README.md", "README.md", "# Work\n"],
  ["outside of the repository", "true", "../value", null],
  ["no repository any more", "rm -rf .git", "README.md", null],
])("%s", async (_name, script, path, expected) => {
  const play = await Play.begin(smallOptions);
  await play.step(line(`cd ~/work; ${script}`));
  const found = await committedFile(play.world, WORK, graderMemory(), `${WORK}/${path}`);
  expect(found?.content ?? null).toBe(expected);
});

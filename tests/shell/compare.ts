/** The comparison of tests/git for the shell's own stories: the lab's side has a disk and every command. */
import * as git from "../git/compare.ts";
import type { Story } from "../git/story.ts";
import { storyShell } from "./lab.ts";

export * from "../git/compare.ts";

export function compareStories(stories: readonly Story[], width = 3): Promise<git.Line[]> {
  return git.compareStories(stories, width, storyShell);
}

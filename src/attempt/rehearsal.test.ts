/** What `lab rehearse` answers before a story is played. */
import { expect, test } from "vitest";
import { smallBundle } from "./play.fixture.ts";
import { rehearse } from "./rehearsal.ts";

const bundle = smallBundle();
const stories = [
  { file: "hostile-pull.sh", title: "A pull request", by: "sam", rehearse: true },
  { file: "audit-held.sh", title: "What is held", by: "mina", rehearse: false },
] as const;
const withStories = { ...bundle, manifest: { ...bundle.manifest, stories: [...stories] } };
const never = () => Promise.reject(new Error("no story is played"));
const LIST = " There are:\n  hostile-pull             A pull request\n";

test.each([
  ["", `Say which story.${LIST}`],
  ["audit-held", `There is no story "audit-held" to rehearse.${LIST}`],
])("%j is told which stories there are", async (asked, refused) => {
  expect(await rehearse(withStories as typeof bundle, asked, never)).toEqual({ refused });
});

test("a lab without stories says so", async () => {
  expect(await rehearse(bundle, "", never)).toEqual({ refused: "This lab has no stories to rehearse." });
});

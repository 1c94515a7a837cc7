/** `lab rehearse`: a story that the lab allows, played in a copy of the world, told to the learner. */
import { isWell, storyKind, type StoryKind, type StoryOutcome } from "../grader/story.ts";
import type { LabBundle } from "../lab/bundle.ts";

type Answer = { readonly text: string } | { readonly refused: string };

const OUTCOME: Readonly<Record<StoryKind, readonly [well: string, ill: string]>> = {
  hostile: ["The attack gained nothing.", "The attack succeeded."],
  honest: ["The honest person got what they came for.", "The honest person did not get what they came for."],
  audit: ["All is as it should be.", "Something is not as it should be."],
};

export async function rehearse(
  { manifest }: LabBundle,
  asked: string,
  play: (file: string) => Promise<StoryOutcome>,
): Promise<Answer> {
  const open = manifest.stories.filter((story) => story.rehearse);
  if (open.length === 0) return { refused: "This lab has no stories to rehearse." };
  const story = open.find(({ file }) => file === asked || file === `${asked}.sh`);
  if (!story)
    return {
      refused: `${asked === "" ? "Say which story." : `There is no story "${asked}" to rehearse.`} There are:\n${open.map(({ file, title }) => `  ${file.replace(/\.sh$/, "").padEnd(24)} ${title}\n`).join("")}`,
    };
  return { text: told(story.title, await play(story.file)) };
}

function told(title: string, outcome: StoryOutcome): string {
  const { said, evidence, broken } = outcome;
  const [well, ill] = OUTCOME[storyKind(outcome.story)];
  const end =
    broken === null ? (isWell(outcome) ? well : ill) : `It could not be played to its end: ${broken}.`;
  const places = evidence.map(({ surface, at }) => `  ${surface}: ${at}\n`).join("");
  return `${title}\n\n${said.map((line) => `${line}\n`).join("")}${places}${said.length + evidence.length > 0 ? "\n" : ""}${end}\nNothing of it happened in your world.\n`;
}

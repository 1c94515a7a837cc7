/** What the `lab` command in a terminal tells: brief, progress, grade, hints, canaries. */
import { Stream } from "../base/stream.ts";
import { isKind, KINDS, mint } from "../engine/kinds.ts";
import type { Grade } from "../grader/grade.ts";
import type { StoryOutcome } from "../grader/story.ts";
import type { LabBundle } from "../lab/bundle.ts";
import type { LabPort } from "../shell/commands/lab.ts";
import { START_MS } from "../world/clock.ts";
import { EXPOSURES } from "../world/event.ts";
import type { World } from "../world/world.ts";
import { rehearse } from "./rehearsal.ts";
import { masked } from "../grader/masked.ts";

export interface LabHost {
  readonly bundle: LabBundle;
  readonly world: World;
  grade(): Promise<Grade>;
  /** Plays a story in a fork of the world as it is now. */
  story(file: string): Promise<StoryOutcome>;
  /** The statement that runs takes no virtual time. */
  free(): void;
}

const SYMBOL = { pass: "passes", fail: "fails", unconfirmed: "unconfirmed" } as const;
/** Diagnoses shown at once. */
const SHOWN = 2;

export function prepareLab(host: LabHost): LabPort {
  const { manifest } = host.bundle;
  return {
    brief: () =>
      `${manifest.title}\n\n${manifest.tasks.map((task, i) => `${i + 1}. ${task}\n`).join("")}\nThe whole brief stands beside the terminal.\n`,
    status: async () => {
      const { checks } = await host.grade();
      const passing = checks.filter((check) => check.required && check.verdict === "pass").length;
      return `${passing} of ${checks.filter((check) => check.required).length} checks pass. \`lab check\` says more.\n`;
    },
    check: async () => {
      const grade = await host.grade();
      return { text: printGrade(grade), passed: grade.passed };
    },
    hint: () => ({ refused: "Hints open beside the terminal, where opening one is recorded." }),
    reset: () =>
      "A new start is made from the menu of the page; your commands so far are set aside, not deleted.\n",
    canary: (kind) => canary(host.world, kind),
    exportFiles: () => "Cards and files to take home stand in the debrief.\n",
    rehearse: (story) => rehearse(host.bundle, story, (file) => host.story(file)),
    timeline: async () => ((await host.grade()).passed ? timeline(host.world) : EARLY),
    free: () => host.free(),
  };
}

const EARLY = { refused: "The timeline opens when all required checks pass." };

/** The whole truth: what everybody did since the lab began, attackers too. */
function timeline(world: World): string {
  const lines = world.events
    .filter(({ atMs, kind, data }) => atMs >= START_MS && !isQuiet(kind, data))
    .map(({ atMs, who, what }) => `${since(atMs)}  ${who.padEnd(9)} ${masked(world, what)}\n`);
  return lines.length > 0 ? lines.join("") : "Nothing happened but what you did.\n";
}

/** That something is public follows from what made it so, which has a line of its own. */
function isQuiet(kind: string, data: World["events"][number]["data"]): boolean {
  return data["hidden"] === true && (EXPOSURES as readonly string[]).includes(kind);
}

/** "+0:06:15". */
function since(atMs: number): string {
  const seconds = Math.floor((atMs - START_MS) / 1000);
  const two = (value: number) => String(value).padStart(2, "0");
  return `+${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

export function printGrade(grade: Grade): string {
  const checks = grade.checks.map(
    (check) => `${SYMBOL[check.verdict].padEnd(12)}${check.title}${check.required ? "" : " (extra)"}\n`,
  );
  const diagnoses = grade.diagnoses
    .slice(0, SHOWN)
    .map((diagnosis) => `\n${diagnosis.message}\n${diagnosis.why ? `${diagnosis.why}\n` : ""}`);
  const verdict = grade.passed ? "\nAll required checks pass.\n" : "";
  return checks.join("") + diagnoses.join("") + verdict;
}

/** From a stream of its own, by kind: the same canary each time it is asked for, and no number of another stream. */
function canary(world: World, kind: string): { text: string } | { refused: string } {
  if (!isKind(kind))
    return { refused: `no canary of kind "${kind}"; there are ${Object.keys(KINDS).join(", ")}` };
  return { text: `${mint(kind, new Stream(world.seed, `canary/${kind}`)).sample}\n` };
}

/** Values that may be typed although they look real: what was planted, and every canary. */
export function knownValues(world: World): string[] {
  const canaries = (Object.keys(KINDS) as (keyof typeof KINDS)[]).flatMap((kind) => {
    const minted = mint(kind, new Stream(world.seed, `canary/${kind}`));
    return [minted.value, ...minted.needles];
  });
  return [...world.credentials.all().flatMap(({ value, parts }) => [value, ...parts]), ...canaries];
}

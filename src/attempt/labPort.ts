/** What the `lab` command in a terminal tells: brief, progress, grade, hints, canaries. */
import { Stream } from "../base/stream.ts";
import { isKind, KINDS, mint } from "../engine/kinds.ts";
import type { Grade } from "../grader/grade.ts";
import type { LabBundle } from "../lab/bundle.ts";
import type { LabPort } from "../shell/commands/lab.ts";
import type { World } from "../world/world.ts";

export interface LabHost {
  readonly bundle: LabBundle;
  readonly world: World;
  grade(): Promise<Grade>;
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
    free: () => host.free(),
  };
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

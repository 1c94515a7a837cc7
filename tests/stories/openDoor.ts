/** The fixture lab with people, a timetable and stories, played in process. */
import { join } from "node:path";
import { detectSecrets } from "../../src/attempt/detect.ts";
import type { Setting } from "../../src/attempt/input.ts";
import { Play } from "../../src/attempt/play.ts";
import { readLab } from "../../src/cli/labFolder.ts";
import type { Lab } from "../../src/lab/load.ts";
import { printProblem } from "../../src/lab/problem.ts";

export const FOLDER = join(import.meta.dirname, "../fixtures/labs/open-door");

export function openDoor(): Lab {
  const lab = readLab(FOLDER);
  if (!lab.ok) throw new Error(lab.error.map((problem) => printProblem("open-door", problem)).join("\n"));
  return lab.value;
}

export async function playOpenDoor(setting: Setting = "normal", lab: Lab = openDoor()) {
  const printed: string[] = [];
  const play = await Play.begin({
    bundle: lab.bundle,
    header: {
      format: "leaklab-attempt/1",
      lab: "open-door",
      labVersion: "1.0.0",
      labDigest: "0".repeat(64),
      core: "test",
      seed: 3,
      setting,
    },
    detect: detectSecrets,
    enter: (_world, run) => run(),
    audience: {
      output: (_terminal, { text }) => void printed.push(text),
      clear: () => undefined,
      work: () => undefined,
    },
  });
  const run = async (text: string) => {
    printed.length = 0;
    const outcome = await play.step({ kind: "line", terminal: 1, text });
    return { ...outcome, text: printed.join("") };
  };
  return { play, run };
}

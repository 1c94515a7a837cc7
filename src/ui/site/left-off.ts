/** Home, for whoever comes back: the lab that was left in the middle, and the way to it. Nobody else sees a line. */
import { labAddress } from "../progress/lab-address.ts";
import { openProgress, type Kept } from "../progress/progress.ts";
import type { Visit } from "../progress/result.ts";
import { labStanding } from "../progress/standing.ts";
import { dayText, labClock } from "../progress/when.ts";
import { textOfPage } from "../text/page.ts";
import type { Text } from "../text/text.ts";

type Titles = Readonly<Record<string, string>>;

/** The newest visit to a lab that is begun and that this site still has. */
function leftOff(kept: Kept, titles: Titles): Visit | undefined {
  const begun = [...new Set(kept.visits.map(({ lab }) => lab))]
    .filter((lab) => titles[lab] !== undefined)
    .map((lab) => labStanding(kept, lab))
    .flatMap(({ state, visit }) => (state === "begun" && visit ? [visit] : []));
  return begun.sort((a, b) => b.when - a.when)[0];
}

function show(line: HTMLElement, t: Text, { lab, when, clock }: Visit, title: string): void {
  const name = document.createElement("strong");
  name.textContent = title;
  const left = document.createElement("span");
  left.textContent = t("left {day} at {clock}", {
    day: dayText(t, when, Date.now()),
    clock: labClock(clock),
  });
  const way = document.createElement("a");
  way.className = "button";
  way.href = labAddress(t, lab);
  way.textContent = t("Continue");
  const said = document.createElement("span");
  said.className = "sr-only";
  said.textContent = ` ${title}`;
  way.append(said);
  line.append(name, left, way);
  line.hidden = false;
}

async function start(): Promise<void> {
  const line = document.getElementById("left-off");
  const titles = JSON.parse(document.getElementById("lab-titles")?.textContent ?? "{}") as Titles;
  if (!line) return;
  const visit = leftOff(await (await openProgress()).all(), titles);
  if (visit) show(line, textOfPage(), visit, titles[visit.lab] ?? visit.lab);
}

// What is not stored cannot be shown; the ways in are there either way.
start().catch(() => {});

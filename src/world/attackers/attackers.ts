/** What attackers scheduled is due: a visit, or the next step with what they hold. */
import type { Scheduled } from "../queue.ts";
import { begin, stepHappens, takeStep } from "./chain.ts";
import { harvest, heldBy, heldOne } from "./harvest.ts";
import type { AttackerPorts } from "./ports.ts";
import { itemsFor } from "./surfaces.ts";
import { readVisit, scheduleVisit, STEP, VISIT, type Visit } from "./visit.ts";

export async function attackersHappen(ports: AttackerPorts, due: Scheduled): Promise<void> {
  if (due.kind === STEP) return stepHappens(ports, due);
  if (due.kind !== VISIT) return;
  const visit = readVisit(due);
  if (visit.everyMs > 0) scheduleVisit(ports, due.atMs + visit.everyMs, visit);
  await comeBy(ports, visit);
}

/** One visit: reads what is new, tries what it found or holds, and tries again what worked last time. */
export async function comeBy(ports: AttackerPorts, visit: Visit): Promise<void> {
  const { who, watch, subject, holds } = visit;
  const known = heldBy(ports, who);
  if (watch.length > 0)
    for (const found of harvest(ports, who, itemsFor(ports, who, watch, subject)))
      await begin(ports, visit, found);
  for (const id of holds) {
    const credential = ports.credentials.get(id);
    if (credential && !heldOne(ports, who, id))
      await begin(ports, visit, { credential, where: "what it brought along" });
  }
  // Who comes because of one thing looks at that alone.
  if (subject === null)
    for (const held of known) if (held.worked) await takeStep(ports, visit, "validate", held.credential);
}

/** The real incident beside the learner's run: on the same minutes where it has any, else on its own dates. */
import type { IncidentView } from "../../worker/protocol.ts";
import type { ItemKind, TimelineItem } from "../workbench/timeline-items.ts";

const MINUTES = /^(\d{1,3}):(\d{2})$/;

const KINDS: Readonly<Record<string, ItemKind>> = {
  owner: "colleague",
  you: "colleague",
  colleague: "colleague",
  provider: "provider",
  attacker: "attacker",
};

export function kindOf(who: string): ItemKind {
  return Object.hasOwn(KINDS, who) ? (KINDS[who] as ItemKind) : "colleague";
}

/** Null where a moment is a date. */
function atMs(at: string): number | null {
  const [, minutes, seconds] = MINUTES.exec(at) ?? [];
  return minutes === undefined ? null : (Number(minutes) * 60 + Number(seconds)) * 1000;
}

/** Null where the incident cannot be told in minutes. */
export function inMinutes({ id, timeline }: IncidentView): readonly TimelineItem[] | null {
  const items = timeline.flatMap(({ at, who, what }, i): TimelineItem[] => {
    const ms = atMs(at);
    return ms === null ? [] : [{ key: `${id}-${i}`, atMs: ms, kind: kindOf(who), what, result: "" }];
  });
  return items.length === timeline.length ? items : null;
}

/** The first incident that has minutes stands on the learner's scale; the others keep their dates. */
export function beside(incidents: readonly IncidentView[]): {
  readonly comparable: { readonly incident: IncidentView; readonly items: readonly TimelineItem[] } | null;
  readonly dated: readonly IncidentView[];
} {
  for (const incident of incidents) {
    const items = inMinutes(incident);
    if (items) return { comparable: { incident, items }, dated: incidents.filter((it) => it !== incident) };
  }
  return { comparable: null, dated: incidents };
}

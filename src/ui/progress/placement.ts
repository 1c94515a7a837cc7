/**
 * The placement check: eight labs that stand for all that the paths ask today. Each is played from its own start
 * state; whoever passes one without a hint also has what easier labs ask, where the reason says why.
 */
import { said } from "../text/said.ts";
import type { LabResult } from "./result.ts";

export interface PlacementTask {
  readonly lab: string;
  /** What passing it shows. */
  readonly shows: string;
  /** Easier labs that it covers. */
  readonly covers: readonly { readonly lab: string; readonly reason: string }[];
}

export const PLACEMENT: readonly PlacementTask[] = [
  {
    lab: "map-the-secrets",
    shows: said("You know what can open a door, who uses it and where values travel."),
    covers: [],
  },
  {
    lab: "guard-the-gate",
    shows: said("You set up hook, push protection and a required check, and clean work still lands."),
    covers: [
      {
        lab: "first-clean-pr",
        reason: said("Its clean pull request has to pass the gates that you build here."),
      },
    ],
  },
  {
    lab: "revoke-first",
    shows: said("You end a leaked key first, then find what came of it."),
    covers: [],
  },
  {
    lab: "rotate-without-outage",
    shows: said("You replace a key in use, and every request is answered."),
    covers: [],
  },
  {
    lab: "rewrite-history",
    shows: said("You remove a value from history and from all that remembers it."),
    covers: [
      {
        lab: "unpushed-leak",
        reason: said("Branches and old objects are cleared here too, on the forge and in many clones."),
      },
    ],
  },
  {
    lab: "masked-is-not-safe",
    shows: said("You find values that a log shows in spite of its mask."),
    covers: [],
  },
  {
    lab: "least-privilege-token",
    shows: said("Each job gets the permissions that it needs, and no more."),
    covers: [],
  },
  {
    lab: "pwn-request",
    shows: said("Code of strangers never runs beside a key, and forks keep their tests."),
    covers: [
      {
        lab: "title-is-code",
        reason: said("A stranger's words are the smaller case of a stranger's code beside a key."),
      },
    ],
  },
];

export interface Cover {
  /** The lab that was passed. */
  readonly by: string;
  readonly reason: string;
}

/** Labs that one may skip because a harder one was passed without a hint. */
export function covered(results: readonly LabResult[]): ReadonlyMap<string, Cover> {
  const shown = new Set(results.filter(({ passed, hints }) => passed && hints === 0).map(({ lab }) => lab));
  return new Map(
    PLACEMENT.filter(({ lab }) => shown.has(lab)).flatMap(({ lab: by, covers }) =>
      covers.map(({ lab, reason }) => [lab, { by, reason }] as const),
    ),
  );
}

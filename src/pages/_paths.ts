/** The three ways in: labs in order, those to come by the title and length that they will have. */
import { said } from "../ui/text/said.ts";
import { stepOf, type Step } from "./_steps.ts";

export type { Step } from "./_steps.ts";

/** What a path's time goes into: a lab, or people who talk. */
export type Part =
  | { readonly kind: "lab"; readonly lab: Step }
  | { readonly kind: "talk"; readonly title: string; readonly minutes: number };

export interface Path {
  /** The address: `/paths/<id>/`. */
  readonly id: "new-contributor" | "maintainer" | "workshop";
  /** Who it is for, as that person says it. */
  readonly who: string;
  readonly title: string;
  readonly text: string;
  readonly labs: readonly Step[];
  /** The labs with the talks between them. */
  readonly parts: readonly Part[];
}

const lab = (id: string): Part => ({ kind: "lab", lab: stepOf(id) });
const talk = (minutes: number, title: string): Part => ({ kind: "talk", title, minutes });

function path(id: Path["id"], who: string, title: string, text: string, parts: readonly Part[]): Path {
  const labs = parts.flatMap((part) => (part.kind === "lab" ? [part.lab] : []));
  return { id, who, title, text, labs, parts };
}

export const PATHS: readonly Path[] = [
  path(
    "new-contributor",
    said("I am new to a project"),
    said("New contributor path"),
    said("Contribute without leaking, and know what to do before and after a push."),
    [lab("first-clean-pr"), lab("unpushed-leak"), lab("guard-the-gate")],
  ),
  path(
    "maintainer",
    said("I look after a project"),
    said("Maintainer path"),
    said("From the first inventory to short-lived credentials and honest disclosure."),
    [
      lab("map-the-secrets"),
      lab("revoke-first"),
      lab("rotate-without-outage"),
      lab("masked-is-not-safe"),
      lab("least-privilege-token"),
      lab("pwn-request"),
      lab("environments-and-approvals"),
      lab("oidc-not-keys"),
      lab("pin-it"),
      lab("trusted-publishing"),
      lab("offboard-a-maintainer"),
      lab("disclose-and-report"),
    ],
  ),
  path(
    "workshop",
    said("I teach a group"),
    said("Workshop"),
    said("Led or in pairs, with time to talk between the labs."),
    [
      talk(5, said("Opening")),
      lab("first-clean-pr"),
      lab("revoke-first"),
      talk(4, said("Debrief")),
      lab("rotate-without-outage"),
      talk(4, said("Debrief")),
      lab("masked-is-not-safe"),
      lab("pwn-request"),
      talk(9, said("Closing round")),
    ],
  ),
];

export function pathOf(id: string): Path | undefined {
  return PATHS.find((path) => path.id === id);
}

export function minutesOf(part: Part): number {
  return part.kind === "lab" ? part.lab.minutes : part.minutes;
}

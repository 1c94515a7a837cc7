/** Modules and their labs in teachable order. A lab that is not named here comes at the end of its module. */
export interface Module {
  readonly id: string;
  readonly title: string;
  /** What changes in the head of whoever has played it. */
  readonly about: string;
  readonly labs: readonly string[];
}

export const MODULES: readonly Module[] = [
  {
    id: "day-one",
    title: "Day one",
    about: "A secret is a thing with copies, and git keeps all of them.",
    labs: ["first-clean-pr", "map-the-secrets", "unpushed-leak", "guard-the-gate"],
  },
  {
    id: "when-it-leaks",
    title: "When it leaks",
    about: "Revoke, replace, then tidy: in this order.",
    labs: ["revoke-first", "rotate-without-outage", "rewrite-history"],
  },
  {
    id: "quiet-pipelines",
    title: "Quiet pipelines",
    about: "Everything that a job touches is a place where it publishes.",
    labs: ["masked-is-not-safe", "artipacked", "least-privilege-token", "ephemeral-runners"],
  },
  {
    id: "untrusted-input",
    title: "Untrusted input",
    about: "Who controls the bytes that run beside the secret?",
    labs: ["title-is-code", "pwn-request", "poisoned-cache"],
  },
];

/** Every lab by its id with title and length, those to come included: what paths, modules and lists name. */
import { said } from "../ui/text/said.ts";

export interface Step {
  readonly id: string;
  readonly title: string;
  /** The title in running lists, where the full one would not fit. */
  readonly short: string;
  readonly minutes: number;
}

const step = (id: string, minutes: number, title: string, short = title): Step => ({
  id,
  title,
  short,
  minutes,
});

const ALL: readonly Step[] = [
  step("first-clean-pr", 8, said("Your first clean pull request"), said("First pull request")),
  step("map-the-secrets", 14, said("Draw the map before you touch anything"), said("Draw the map")),
  step("unpushed-leak", 10, said("Caught before the push")),
  step("guard-the-gate", 12, said("Three gates and one honest exception"), said("Three gates")),
  step("revoke-first", 10, said("Revoke first, tidy later"), said("Revoke first")),
  step("rotate-without-outage", 18, said("Change the tyre while driving"), said("Change the tyre")),
  step(
    "rewrite-history",
    22,
    said("Rewriting history, and everything that remembers it"),
    said("Rewriting history"),
  ),
  step("masked-is-not-safe", 14, said("The stars do not cover everything"), said("The stars")),
  step("artipacked", 12, said("What is in the box")),
  step("least-privilege-token", 12, said("Give the linter nothing to steal"), said("The linter")),
  step("ephemeral-runners", 16, said("A clean room for every job"), said("A clean room")),
  step("title-is-code", 12, said("The title that ran")),
  step("pwn-request", 18, said("Somebody else's code, your keys"), said("Somebody else's code")),
  step("poisoned-cache", 18, said("Yesterday's cache, today's release"), said("Yesterday's cache")),
  step("environments-and-approvals", 15, said("One password, three doors"), said("Three doors")),
  step("oidc-not-keys", 20, said("No key to lose")),
  step("vault-move-in", 22, said("Moving the secrets in")),
  step("dynamic-db-creds", 18, said("A password that expires at lunch")),
  step("rotation-on-events", 18, said("Rotation that does not wait for you")),
  step("pin-it", 12, said("A tag is a promise, a hash is a fact"), said("A tag is a promise")),
  step("vet-the-dependency", 18, said("Three bumps and a script")),
  step("image-layers", 18, said("Deleted in the next layer")),
  step("trusted-publishing", 18, said("Publishing without a token"), said("Publishing")),
  step("sign-sbom-verify", 24, said("Trust, but rebuild")),
  step("policy-as-code", 18, said("Rules that hold at three in the morning")),
  step("drift-watch", 16, said("What is really running?")),
  step("audit-and-alerts", 20, said("Four thousand events, one intruder")),
  step("offboard-a-maintainer", 12, said("Thank you, and goodbye"), said("Goodbye")),
  step("phish-and-mfa", 14, said("Twelve messages before lunch")),
  step("disclose-and-report", 15, said("Tell the truth, in the right order"), said("Tell the truth")),
  step("capstone-moving-tag", 60, said("The tag that moved at midnight")),
  step("capstone-worm-season", 75, said("Worm season")),
];

export function stepOf(id: string): Step {
  const found = ALL.find((step) => step.id === id);
  if (!found) throw new Error(`no lab ${id} in the list of labs`);
  return found;
}

export function allSteps(): readonly Step[] {
  return ALL;
}

/** Modules and their labs in teachable order. A lab that is not named here comes at the end of its module. */
import { said } from "../ui/text/said.ts";

export interface Module {
  /** The address: `/modules/<id>/`. */
  readonly id: string;
  readonly title: string;
  /** What changes in the head of whoever has played it. */
  readonly about: string;
  readonly labs: readonly string[];
}

export const MODULES: readonly Module[] = [
  {
    id: "day-one",
    title: said("Day one"),
    about: said("A secret is a thing with copies, and git keeps all of them."),
    labs: ["first-clean-pr", "map-the-secrets", "unpushed-leak", "guard-the-gate"],
  },
  {
    id: "when-it-leaks",
    title: said("When it leaks"),
    about: said("Revoke, replace, then tidy: in this order."),
    labs: ["revoke-first", "rotate-without-outage", "rewrite-history"],
  },
  {
    id: "quiet-pipelines",
    title: said("Quiet pipelines"),
    about: said("Everything that a job touches is a place where it publishes."),
    labs: ["masked-is-not-safe", "artipacked", "least-privilege-token", "ephemeral-runners"],
  },
  {
    id: "untrusted-input",
    title: said("Untrusted input"),
    about: said("Who controls the bytes that run beside the secret?"),
    labs: ["title-is-code", "pwn-request", "poisoned-cache"],
  },
  {
    id: "short-lived",
    title: said("Short-lived by default"),
    about: said("The best leaked key is one that is already dead."),
    labs: [
      "environments-and-approvals",
      "oidc-not-keys",
      "vault-move-in",
      "dynamic-db-creds",
      "rotation-on-events",
    ],
  },
  {
    id: "supply-chain",
    title: said("Supply chain"),
    about: said("You ship what you fetch."),
    labs: ["pin-it", "vet-the-dependency", "image-layers", "trusted-publishing", "sign-sbom-verify"],
  },
  {
    id: "governance",
    title: said("Governance"),
    about: said("Rules that hold when nobody is looking."),
    labs: ["policy-as-code", "drift-watch", "audit-and-alerts"],
  },
  {
    id: "people",
    title: said("People"),
    about: said("Identity and trust are part of the pipeline."),
    labs: ["offboard-a-maintainer", "phish-and-mfa", "disclose-and-report"],
  },
];

/** Whole incidents at the end, in which several modules meet. */
export const CAPSTONES: readonly string[] = ["capstone-moving-tag", "capstone-worm-season"];

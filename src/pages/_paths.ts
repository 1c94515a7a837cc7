/** The three ways in: labs in order, those to come by the title and length that they will have. */
interface Step {
  readonly id: string;
  readonly title: string;
  readonly minutes: number;
}

export interface Path {
  readonly title: string;
  readonly text: string;
  readonly labs: readonly Step[];
}

const step = (id: string, title: string, minutes: number): Step => ({ id, title, minutes });

const firstCleanPr = step("first-clean-pr", "Your first clean pull request", 8);
const revokeFirst = step("revoke-first", "Revoke first, tidy later", 10);
const rotate = step("rotate-without-outage", "Change the tyre while driving", 18);
const masked = step("masked-is-not-safe", "The stars do not cover everything", 14);
const pwnRequest = step("pwn-request", "Somebody else's code, your keys", 18);

export const PATHS: readonly Path[] = [
  {
    title: "I am new to a project",
    text: "Contribute without leaking, and know what to do before and after a push.",
    labs: [
      firstCleanPr,
      step("unpushed-leak", "Caught before the push", 10),
      step("guard-the-gate", "Three gates and one honest exception", 12),
    ],
  },
  {
    title: "I look after a project",
    text: "From the first inventory to short-lived credentials and honest disclosure.",
    labs: [
      step("map-the-secrets", "Draw the map before you touch anything", 14),
      revokeFirst,
      rotate,
      masked,
      step("least-privilege-token", "Give the linter nothing to steal", 12),
      pwnRequest,
      step("environments-and-approvals", "One password, three doors", 15),
      step("oidc-not-keys", "No key to lose", 20),
      step("pin-it", "A tag is a promise, a hash is a fact", 12),
      step("trusted-publishing", "Publishing without a token", 18),
      step("offboard-a-maintainer", "Thank you, and goodbye", 12),
      step("disclose-and-report", "Tell the truth, in the right order", 15),
    ],
  },
  {
    title: "I teach a group",
    text: "Ninety minutes, led or in pairs: an opening, five labs with two debriefs between them, a closing round.",
    labs: [firstCleanPr, revokeFirst, rotate, masked, pwnRequest],
  },
];

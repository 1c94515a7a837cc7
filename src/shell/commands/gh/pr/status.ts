/** `gh pr status`. https://cli.github.com/manual/gh_pr_status */
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import { headLabel, latestReviews, reviewsOf, stateOf } from "../pulls.ts";
import { fullName } from "../repository.ts";
import { loginOf, type Pull } from "../rest.ts";
import { pullColour } from "./list.ts";

export const prStatus: GhCommand = {
  name: "status",
  about: "Show the pull requests that concern you",
  flags: "-c, --conflict-status   Display the merge conflict status of each pull request",
  run: status,
};

async function status(call: GhCall): Promise<void> {
  const repo = fullName(await call.repo());
  const branch = call.repoNamed ? null : await call.branch();
  const me = await call.login();
  const pulls = await call.list<Pull>(`${await call.at()}/pulls?state=all`);
  const open = pulls.filter((pull) => stateOf(pull) === "OPEN");
  const current =
    open.find(({ head }) => head.ref === branch) ?? pulls.find(({ head }) => head.ref === branch);
  const mine = open.filter((pull) => loginOf(pull.user) === me);
  const asked = open.filter((pull) => (pull.requested_reviewers ?? []).some(({ login }) => login === me));
  call.out(`\nRelevant pull requests in ${repo}\n\n`);
  if (branch !== null) {
    call.out(`${call.paint("Current branch", "bold")}\n`);
    call.out(
      current
        ? await entry(call, current)
        : `  There is no pull request associated with ${call.paint(`[${branch}]`, "cyan")}\n`,
    );
    call.out("\n");
  }
  await section(call, "Created by you", mine, "You have no open pull requests");
  await section(call, "Requesting a code review from you", asked, "You have no pull requests to review");
}

async function section(call: GhCall, title: string, pulls: readonly Pull[], none: string): Promise<void> {
  call.out(`${call.paint(title, "bold")}\n`);
  if (pulls.length === 0) call.out(`  ${none}\n`);
  for (const pull of pulls) call.out(await entry(call, pull));
  call.out("\n");
}

async function entry(call: GhCall, pull: Pull): Promise<string> {
  const head = `  ${call.paint(`#${pull.number}`, pullColour(pull))}  ${pull.title} ${call.paint(`[${headLabel(pull)}]`, "cyan")}`;
  const state = stateOf(pull);
  if (state !== "OPEN") return `${head} - ${state === "MERGED" ? "Merged" : "Closed"}\n`;
  const states = latestReviews(await reviewsOf(call, pull)).map((review) => review.state);
  const verdict = states.includes("CHANGES_REQUESTED")
    ? "Changes requested"
    : states.includes("APPROVED")
      ? `${states.filter((it) => it === "APPROVED").length} Approved`
      : null;
  return `${head}\n${verdict === null ? "" : `  - ${verdict}\n`}`;
}

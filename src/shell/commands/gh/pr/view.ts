/** `gh pr view`. https://cli.github.com/manual/gh_pr_view */
import type { GhCall } from "../call.ts";
import { bucketOf, checksOf } from "../checks.ts";
import type { GhCommand } from "../command.ts";
import { printJson } from "../json.ts";
import { findPull, headLabel, latestReviews, PULL_FIELDS, reviewsOf, stateOf } from "../pulls.ts";
import { fullName } from "../repository.ts";
import { loginOf, type Comment, type Pull, type Review } from "../rest.ts";
import { browse, comments, commentText } from "../subject.ts";
import { ago } from "../text.ts";
import { pullColour } from "./list.ts";

export const prView: GhCommand = {
  name: "view",
  args: "[<number> | <url> | <branch>] [flags]",
  about: "View a pull request",
  takes: [0, 1],
  json: Object.keys(PULL_FIELDS),
  flags: `-c, --comments   View pull request comments
-w, --web   Open a pull request in the browser`,
  run: view,
};

async function view(call: GhCall): Promise<void> {
  const pull = await findPull(call);
  if (call.flags.on("web")) return browse(call, pull.html_url);
  if (await printJson(call, pull, PULL_FIELDS)) return;
  const reviews = await reviewsOf(call, pull);
  const talk = call.flags.on("comments") ? await conversation(call, pull, reviews) : "";
  if (!call.screen.tty) return call.out(call.flags.on("comments") ? talk : plain(pull, reviews));
  call.out(await decorated(call, pull, reviews));
  call.out(`${talk}${call.paint(`View this pull request on GitHub: ${pull.html_url}`, "gray")}\n`);
}

function plain(pull: Pull, reviews: readonly Review[]): string {
  const rows = [
    ["title", pull.title],
    ["state", pull.draft && stateOf(pull) === "OPEN" ? "DRAFT" : stateOf(pull)],
    ["author", loginOf(pull.user)],
    ["labels", names(pull.labels?.map(({ name }) => name))],
    ["assignees", names(pull.assignees?.map(({ login }) => login))],
    ["reviewers", reviewers(pull, reviews)],
    ["projects", ""],
    ["milestone", ""],
    ["number", String(pull.number)],
    ["url", pull.html_url],
    ["additions", String(pull.additions ?? 0)],
    ["deletions", String(pull.deletions ?? 0)],
    ["auto-merge", pull.auto_merge ? "enabled" : "disabled"],
  ];
  return `${rows.map(([name, text]) => `${name}:\t${text}\n`).join("")}--\n${pull.body ?? ""}\n`;
}

function names(list: readonly string[] | undefined): string {
  return [...(list ?? [])].sort().join(", ");
}

const VERDICTS: Readonly<Record<string, string>> = {
  APPROVED: "Approved",
  CHANGES_REQUESTED: "Changes requested",
  COMMENTED: "Commented",
  DISMISSED: "Dismissed",
};

function reviewers(pull: Pull, reviews: readonly Review[]): string {
  const done = latestReviews(reviews)
    .filter(({ user, state }) => state in VERDICTS && loginOf(user) !== loginOf(pull.user))
    .map(({ user, state }) => `${loginOf(user)} (${VERDICTS[state]})`);
  return [...done, ...(pull.requested_reviewers ?? []).map(({ login }) => `${login} (Requested)`)]
    .sort()
    .join(", ");
}

async function decorated(call: GhCall, pull: Pull, reviews: readonly Review[]): Promise<string> {
  const state = pull.draft && stateOf(pull) === "OPEN" ? "Draft" : capital(stateOf(pull));
  const checks = await checksOf(call, pull.head.sha);
  const failing = checks.filter((check) => ["fail", "cancel"].includes(bucketOf(check))).length;
  const pending = checks.filter((check) => bucketOf(check) === "pending").length;
  const summary =
    checks.length === 0
      ? "No checks"
      : failing > 0
        ? call.paint(
            failing === checks.length
              ? "× All checks failing"
              : `× ${failing}/${checks.length} checks failing`,
            "red",
          )
        : pending > 0
          ? call.paint("- Checks pending", "yellow")
          : call.paint("✓ Checks passing", "green");
  const asked = reviewers(pull, reviews);
  const labels = names(pull.labels?.map(({ name }) => name));
  return [
    `${call.paint(pull.title, "bold")} ${fullName(await call.repo())}#${pull.number}`,
    `${call.paint(state, pullColour(pull))} • ${loginOf(pull.user)} wants to merge into ${pull.base.ref} from ${headLabel(pull)} • ${ago(pull.created_at, call.now)}`,
    `${call.paint(`+${pull.additions ?? 0}`, "green")} ${call.paint(`-${pull.deletions ?? 0}`, "red")} • ${summary}`,
    ...(asked ? [`Reviewers: ${asked}`] : []),
    ...(labels ? [`Labels: ${labels}`] : []),
    "",
    "",
    `  ${(pull.body ?? "").trim().replaceAll("\n", "\n  ") || "No description provided"}`,
    "",
    "",
    "",
  ].join("\n");
}

function capital(word: string): string {
  return word.slice(0, 1) + word.slice(1).toLowerCase();
}

/** Comments and reviews in the order in which they were made. */
async function conversation(call: GhCall, pull: Pull, reviews: readonly Review[]): Promise<string> {
  const said = reviews
    .filter(({ body }) => body)
    .map((review) => ({
      at: review.submitted_at ?? "",
      text: reviewText(call, review),
    }));
  const written = (await comments(call, pull.number)).map((comment: Comment) => ({
    at: comment.created_at,
    text: commentText(call, comment),
  }));
  return [...written, ...said]
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(({ text }) => text)
    .join("");
}

function reviewText(call: GhCall, review: Review): string {
  const verdict = (VERDICTS[review.state] ?? review.state).toLowerCase();
  if (!call.screen.tty)
    return `author:\t${loginOf(review.user)}\nassociation:\t${(review.author_association ?? "none").toLowerCase()}\nedited:\tfalse\nstatus:\t${verdict}\n--\n${review.body ?? ""}\n--\n`;
  return `\n${call.paint(loginOf(review.user), "bold")} ${verdict} • ${ago(review.submitted_at, call.now)}\n\n  ${(review.body ?? "").replaceAll("\n", "\n  ")}\n\n`;
}

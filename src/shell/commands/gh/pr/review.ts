/** `gh pr review`. https://cli.github.com/manual/gh_pr_review */
import type { GhCall } from "../call.ts";
import type { GhCommand } from "../command.ts";
import { findPull } from "../pulls.ts";
import { fullName } from "../repository.ts";
import { GhStop, usageError } from "../stop.ts";

export const prReview: GhCommand = {
  name: "review",
  args: "[<number> | <url> | <branch>] [flags]",
  about: "Add a review to a pull request",
  takes: [0, 1],
  flags: `-a, --approve   Approve pull request
-b, --body string   Specify the body of a review
-F, --body-file file   Read body text from file (use "-" to read from standard input)
-c, --comment   Comment on a pull request
-r, --request-changes   Request changes on a pull request`,
  run: review,
};

const EVENTS = {
  approve: ["APPROVE", "✓ Approved pull request"],
  "request-changes": ["REQUEST_CHANGES", "+ Requested changes to pull request"],
  comment: ["COMMENT", "- Reviewed pull request"],
} as const;
type Kind = keyof typeof EVENTS;

async function review(call: GhCall): Promise<void> {
  const { flags } = call;
  if (call.args.length === 0 && call.repoNamed)
    throw usageError("argument required when using the --repo flag");
  const kinds = (Object.keys(EVENTS) as Kind[]).filter((name) => flags.on(name));
  if (kinds.length > 1) throw usageError("need exactly one of --approve, --request-changes, or --comment");
  const given = await call.textOf("body", "body-file");
  const [kind] = kinds;
  if (kind === undefined) {
    if (given !== undefined)
      throw usageError("--body unsupported when --approve, --request-changes, or --comment is not set");
    if (!call.attended)
      throw usageError("--approve, --request-changes, or --comment required when not running interactively");
  } else if (kind !== "approve" && !given) throw usageError(`body cannot be blank for ${kind} review`);
  const pull = await findPull(call);
  const [chosen, body] = kind === undefined ? await asked(call) : ([kind, given ?? ""] as const);
  const [event, said] = EVENTS[chosen];
  await call
    .send("POST", `${await call.at()}/pulls/${pull.number}/reviews`, {
      event,
      ...(body === "" ? {} : { body }),
    })
    .catch((error: unknown) => {
      throw failed(error);
    });
  call.tell(`${said} ${fullName(await call.repo())}#${pull.number}`);
}

async function asked(call: GhCall): Promise<readonly [Kind, string]> {
  const answer = (
    await call.ask("What kind of review do you want to give? (comment, approve, request-changes)")
  ).trim();
  if (!Object.hasOwn(EVENTS, answer)) throw new GhStop("", 2);
  const body = await call.ask("Review body");
  if (body === "" && answer !== "approve") throw new GhStop("this type of review cannot be blank");
  return [answer as Kind, body];
}

function failed(error: unknown): unknown {
  if (!(error instanceof GhStop) || error.status !== 422) return error;
  const [, ...details] = error.message.split("\n");
  return new GhStop(
    `failed to create review: GraphQL: ${details.join(", ") || error.message} (addPullRequestReview)`,
  );
}

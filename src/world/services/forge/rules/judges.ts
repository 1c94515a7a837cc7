/** One judge for each type of rule: what it says about a move, in GitHub's words; nothing where it has no objection. */
import type { Json } from "../../../../base/json.ts";
import { changedFiles } from "../git/diff.ts";
import { log } from "../git/history.ts";
import type { Commit } from "../git/commit.ts";
import type { TreeFile } from "../git/objects.ts";
import { checkState, type RequiredCheck } from "./checks.ts";
import type { Judged, Merging } from "./move.ts";
import { fnmatch } from "../fnmatch.ts";
import { demand, fits, OPERATORS, type TextPattern } from "./pattern.ts";
import type { Rule, RuleType } from "./ruleset.ts";

type Parameters = Rule["parameters"];

/** `classic`: the words of branch protection. */
type Judge = (parameters: Parameters, judged: Judged, classic: boolean) => string[];

const BYTES_PER_MB = 1024 * 1024;

export const JUDGES: Readonly<Record<RuleType, Judge>> = {
  creation: (_, { move }) =>
    move.before === null ? ["Cannot create ref due to creations being restricted."] : [],
  update: (_, { move }) =>
    move.before !== null && move.after !== null ? ["Cannot update this protected ref."] : [],
  deletion: (_, { move }, classic) =>
    move.after === null ? [`Cannot delete this ${classic ? "protected " : ""}${kindOf(move.ref)}`] : [],
  non_fast_forward: (_, judged, classic) =>
    judged.rewrites()
      ? [`Cannot force-push to this ${classic ? "protected " : ""}${kindOf(judged.move.ref)}`]
      : [],
  required_linear_history: linearHistory,
  required_signatures: signatures,
  pull_request: pullRequest,
  required_status_checks: statusChecks,
  branch_name_pattern: (parameters, judged) => namePattern(parameters, judged, "refs/heads/", "Branch name"),
  tag_name_pattern: (parameters, judged) => namePattern(parameters, judged, "refs/tags/", "Tag name"),
  commit_message_pattern: (parameters, { commits }) =>
    pattern(parameters, commits(), "Commit message", ({ message }) => message),
  commit_author_email_pattern: (parameters, { commits }) =>
    pattern(parameters, commits(), "Commit author email", ({ author }) => author.email),
  committer_email_pattern: (parameters, { commits }) =>
    pattern(parameters, commits(), "Committer email", ({ committer }) => committer.email),
  file_path_restriction: (parameters, judged) => {
    const restricted = texts(parameters["restricted_file_paths"]);
    return files(judged, "File path is restricted", ({ path }) =>
      restricted.some((it) => pathMatches(it, path)),
    );
  },
  max_file_path_length: (parameters, judged) => {
    const most = whole(parameters["max_file_path_length"]);
    return files(judged, `File path cannot exceed ${most} characters`, ({ path }) => path.length > most);
  },
  file_extension_restriction: (parameters, judged) => {
    const restricted = texts(parameters["restricted_file_extensions"]).map(
      (it) => `.${it.replace(/^\*?\./, "")}`,
    );
    return files(judged, "File extension is restricted", ({ path }) =>
      restricted.some((it) => path.endsWith(it)),
    );
  },
  max_file_size: (parameters, judged) => {
    const most = whole(parameters["max_file_size"]);
    const tooLarge = ({ id }: TreeFile) => (judged.objects.blob(id)?.length ?? 0) > most * BYTES_PER_MB;
    return files(judged, `File size cannot exceed ${most} MB`, tooLarge);
  },
};

function kindOf(ref: string): string {
  return ref.startsWith("refs/tags/") ? "tag" : "branch";
}

/** A sentence, and the commits that it is about. */
function offending(
  sentence: string,
  commits: readonly Commit[],
  wrong: (commit: Commit) => boolean,
): string[] {
  return found(
    sentence,
    commits.filter(wrong).map(({ id }) => id),
  );
}

function found(sentence: string, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  const count = `  Found ${items.length} violation${items.length === 1 ? "" : "s"}:`;
  return [[sentence, count, "", ...items.map((item) => `  ${item}`)].join("\n")];
}

function linearHistory(_: Parameters, { commits, merging }: Judged): string[] {
  const sentence = "This branch must not contain merge commits.";
  if (merging !== null) return merging.method === "merge" ? [sentence] : [];
  return offending(sentence, commits(), ({ parents }) => parents.length > 1);
}

/** Of a merge the commits of its head are asked; what the forge makes itself is not, and a squash keeps none of them. */
function signatures(_: Parameters, { objects, move, merging, commits }: Judged): string[] {
  const head = () => log(objects, merging?.head ?? "", move.before === null ? [] : [move.before]);
  const asked = merging === null ? commits() : merging.method === "squash" ? [] : head();
  return offending("Commits must have verified signatures.", asked, ({ signature }) => signature === null);
}

function pullRequest(parameters: Parameters, { move, merging }: Judged): string[] {
  if (move.before === null || move.after === null) return [];
  return merging === null ? ["Changes must be made through a pull request."] : reviews(parameters, merging);
}

function reviews(parameters: Parameters, merging: Merging): string[] {
  const needed = whole(parameters["required_approving_review_count"]);
  const allowed = texts(parameters["allowed_merge_methods"]);
  const { approvals, ownersMissing } = merging;
  const said: [boolean, string][] = [
    [
      allowed.length > 0 && !allowed.includes(merging.method),
      `The merge method ${merging.method} is not allowed by repository rules.`,
    ],
    [
      approvals < needed,
      `At least ${needed} approving review${needed === 1 ? " is" : "s are"} required by reviewers with write access.`,
    ],
    [
      needed > 0 && merging.changesRequested,
      "Changes requested by a reviewer with write access must be resolved.",
    ],
    [
      parameters["require_code_owner_review"] === true && ownersMissing.length > 0,
      `Waiting on code owner review from ${ownersMissing.join(", ")}.`,
    ],
    [
      parameters["require_last_push_approval"] === true && !merging.lastPushApproved,
      "New changes require approval from someone other than the last pusher.",
    ],
    [
      parameters["required_review_thread_resolution"] === true && merging.unresolvedThreads > 0,
      "A conversation must be resolved before this pull request can be merged.",
    ],
  ];
  return said.flatMap(([wrong, sentence]) => (wrong ? [sentence] : []));
}

const STATE_WORDS = { expected: "is expected", pending: "is pending", failure: "is failing" } as const;

function statusChecks(
  parameters: Parameters,
  { forge, repository, objects, move, merging }: Judged,
): string[] {
  const head = merging?.head ?? (move.after === null ? null : objects.peel(move.after));
  if (head === null || (move.before === null && parameters["do_not_enforce_on_create"] === true)) return [];
  const required = requiredChecks(parameters);
  const missing = required.flatMap((check) => {
    const state = checkState(forge.ports.tables, repository, head, check);
    return state === "success" ? [] : [{ context: check.context, state }];
  });
  const [only] = missing;
  const strict = parameters["strict_required_status_checks_policy"] === true && merging?.upToDate === false;
  return [
    ...(strict
      ? ["This branch is out-of-date with the base branch and must be updated before merging."]
      : []),
    ...(missing.length > 1
      ? [
          severalChecks(
            missing.length,
            required.length,
            missing.map(({ state }) => state),
          ),
        ]
      : []),
    ...(only && missing.length === 1
      ? [`Required status check "${only.context}" ${STATE_WORDS[only.state as keyof typeof STATE_WORDS]}.`]
      : []),
  ];
}

function severalChecks(missing: number, required: number, states: readonly string[]): string {
  const [first = "expected"] = states;
  const word = states.every((state) => state === first) ? first : "expected";
  const words = { expected: "are expected", pending: "are pending", failure: "are failing" } as const;
  return `${missing} of ${required} required status checks ${words[word as keyof typeof words]}.`;
}

export function requiredChecks(parameters: Parameters): RequiredCheck[] {
  const listed = parameters["required_status_checks"];
  return Array.isArray(listed) ? (listed as unknown as RequiredCheck[]) : [];
}

function namePattern(parameters: Parameters, { move }: Judged, prefix: string, what: string): string[] {
  const wanted = textPattern(parameters);
  if (move.before !== null || !move.ref.startsWith(prefix) || fits(wanted, move.ref.slice(prefix.length)))
    return [];
  return [`${what} ${demand(wanted)}`];
}

function pattern(
  parameters: Parameters,
  commits: readonly Commit[],
  what: string,
  text: (commit: Commit) => string,
): string[] {
  const wanted = textPattern(parameters);
  return offending(`${what} ${demand(wanted)}`, commits, (commit) => !fits(wanted, text(commit)));
}

function textPattern(parameters: Parameters): TextPattern {
  return {
    name: typeof parameters["name"] === "string" ? parameters["name"] : "",
    operator: OPERATORS.find((it) => it === parameters["operator"]) ?? "contains",
    pattern: String(parameters["pattern"] ?? ""),
    negate: parameters["negate"] === true,
  };
}

/** Files that a commit of the move adds or changes, each path once. */
function files(judged: Judged, sentence: string, wrong: (file: TreeFile) => boolean): string[] {
  const paths = judged
    .commits()
    .flatMap(({ id, parents }) =>
      changedFiles(judged.objects, parents[0] ?? null, id).flatMap(({ after }) =>
        after !== null && wrong(after) ? [after.path] : [],
      ),
    );
  return found(sentence, [...new Set(paths)].sort());
}

/** A folder stands for everything below it. */
function pathMatches(restricted: string, path: string): boolean {
  return fnmatch(restricted, path) || path.startsWith(`${restricted.replace(/\/+(\*\*?)?$/, "")}/`);
}

function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((it) => typeof it === "string") : [];
}

function whole(value: Json | undefined): number {
  return typeof value === "number" ? value : 0;
}

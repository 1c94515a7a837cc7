/** `gh pr checks`. https://cli.github.com/manual/gh_pr_checks */
import type { GhCall } from "../call.ts";
import { type Bucket, BUCKETS, bucketOf, type Check, checksOf } from "../checks.ts";
import type { GhCommand } from "../command.ts";
import { type Fields, printJson } from "../json.ts";
import { findPull } from "../pulls.ts";
import type { Pull, Rule } from "../rest.ts";
import { type ExitCode, GhStop, usageError } from "../stop.ts";
import { browse } from "../subject.ts";
import type { Colour } from "../table.ts";
import { duration } from "../text.ts";

const FIELDS: Fields<Check> = {
  bucket: bucketOf,
  completedAt: (it) => it.completedAt,
  description: (it) => it.description,
  event: (it) => it.event,
  link: (it) => it.url,
  name: (it) => it.name,
  startedAt: (it) => it.startedAt,
  state: (it) => (it.conclusion ?? it.status).toUpperCase(),
  workflow: (it) => it.workflow,
};

export const prChecks: GhCommand = {
  name: "checks",
  args: "[<number> | <url> | <branch>] [flags]",
  about: "Show CI status of a pull request",
  takes: [0, 1],
  json: Object.keys(FIELDS),
  flags: `    --fail-fast   Exit watch mode on first check failure
-i, --interval int   Refresh interval in seconds in watch mode (default 10)
    --required   Only show checks that are required
    --watch   Watch checks until they finish
-w, --web   Open the web browser to show details about checks`,
  run: checks,
};

/** So long a watch lasts at most, in virtual seconds. */
const LONGEST_WATCH = 86_400;

async function checks(call: GhCall): Promise<ExitCode> {
  const { flags } = call;
  if (flags.has("interval") && !flags.on("watch"))
    throw usageError("cannot use `--interval` flag without `--watch` flag");
  if (flags.on("fail-fast") && !flags.on("watch"))
    throw usageError("cannot use `--fail-fast` flag without `--watch` flag");
  const interval = Math.max(1, flags.number("interval", 10));
  const pull = await findPull(call);
  if (flags.on("web")) {
    browse(call, `${pull.html_url}/checks`);
    return 0;
  }
  let found = await wanted(call, pull);
  const has = (bucket: Bucket) => found.some((check) => bucketOf(check) === bucket);
  for (let waited = 0; flags.on("watch") && has("pending") && waited < LONGEST_WATCH; waited += interval) {
    if (flags.on("fail-fast") && has("fail")) break;
    await call.sleep(interval);
    found = await wanted(call, pull);
  }
  if (await printJson(call, found, FIELDS)) return 0;
  show(call, found);
  if (has("fail") || has("cancel")) return 1;
  return has("pending") ? 8 : 0;
}

async function wanted(call: GhCall, pull: Pull): Promise<Check[]> {
  const all = await checksOf(call, pull.head.sha);
  const required = call.flags.on("required");
  const found = required ? await onlyRequired(call, pull, all) : all;
  if (found.length === 0)
    throw new GhStop(`no ${required ? "required " : ""}checks reported on the '${pull.head.ref}' branch`);
  return found;
}

async function onlyRequired(call: GhCall, pull: Pull, all: readonly Check[]): Promise<Check[]> {
  const branch = encodeURIComponent(pull.base.ref);
  const rules = (await call.find<Rule[]>(`${await call.at()}/rules/branches/${branch}`)) ?? [];
  const protection = await call.find<{ contexts?: readonly string[] }>(
    `${await call.at()}/branches/${branch}/protection/required_status_checks`,
  );
  const names = new Set([...rules.flatMap(contextsOf), ...(protection?.contexts ?? [])]);
  return all.filter(({ name }) => names.has(name));
}

function contextsOf({ type, parameters }: Rule): string[] {
  const checks = type === "required_status_checks" ? parameters?.["required_status_checks"] : undefined;
  return Array.isArray(checks) ? (checks as { context: string }[]).map(({ context }) => context) : [];
}

const MARKS: Readonly<Record<Bucket, readonly [string, Colour]>> = {
  fail: ["X", "red"],
  cancel: ["X", "red"],
  pending: ["*", "yellow"],
  skipping: ["-", "gray"],
  pass: ["✓", "green"],
};

function show(call: GhCall, found: readonly Check[]): void {
  const { tty } = call.screen;
  const order = (check: Check) => BUCKETS.indexOf(bucketOf(check));
  const sorted = [...found].sort(
    (a, b) => order(a) - order(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  );
  if (tty) call.out(`${summary(call, found)}\n\n`);
  const rows = sorted.map((check) => {
    const bucket = bucketOf(check);
    const [mark, colour] = MARKS[bucket];
    const elapsed =
      check.startedAt && check.completedAt
        ? duration(Date.parse(check.completedAt) - Date.parse(check.startedAt))
        : "0";
    if (!tty)
      return [check.name, bucket === "cancel" ? "fail" : bucket, elapsed, check.url, check.description];
    const event = check.event ? ` (${check.event})` : "";
    return [
      { text: mark, colour },
      (check.workflow ? `${check.workflow}/` : "") + check.name + event,
      check.description,
      elapsed === "0" ? "" : elapsed,
      check.url,
    ];
  });
  call.table(["", "name", "description", "elapsed", "url"], rows);
}

function summary(call: GhCall, found: readonly Check[]): string {
  const count = (...buckets: Bucket[]) => found.filter((check) => buckets.includes(bucketOf(check))).length;
  const verdict =
    count("fail") > 0
      ? "Some checks were not successful"
      : count("cancel") > 0
        ? "Some checks were cancelled"
        : count("pending") > 0
          ? "Some checks are still pending"
          : "All checks were successful";
  const counts = `${count("cancel")} cancelled, ${count("fail")} failing, ${count("pass")} successful, ${count("skipping")} skipped, and ${count("pending")} pending checks`;
  return `${call.paint(verdict, "bold")}\n${counts}`;
}

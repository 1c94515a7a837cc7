/** The filters of lists of runs. https://docs.github.com/en/rest/actions/workflow-runs#list-workflow-runs-for-a-repository */
import type { Run } from "../actions/model.ts";

export function filteredRuns({ searchParams }: URL, runs: readonly Run[]): Run[] {
  const given = (name: string) => searchParams.get(name);
  const same = (name: string, value: (run: Run) => string | null) => (run: Run) =>
    given(name) === null || value(run)?.toLowerCase() === given(name)?.toLowerCase();
  const created = createdFilter(given("created"));
  const tests: ((run: Run) => boolean)[] = [
    same("actor", (run) => run.actor),
    same("branch", (run) => run.headBranch),
    same("event", (run) => run.event),
    same("head_sha", (run) => run.headSha),
    (run) => [null, run.status, run.conclusion].includes(given("status") as Run["status"] | null),
    (run) =>
      given("status") !== null || given("conclusion") === null || run.conclusion === given("conclusion"),
    (run) => created(run.createdAtMs),
    (run) => given("check_suite_id") === null || String(run.id) === given("check_suite_id"),
  ];
  return runs.filter((run) => tests.every((test) => test(run)));
}

/** GitHub's search syntax of dates: `>=2026-03-03`, `2026-03-01..2026-03-05`, `*..2026-03-05`, one day or moment. */
export function createdFilter(text: string | null): (ms: number) => boolean {
  if (text === null || text === "") return () => true;
  const [, from, to] = /^(.+)\.\.(.+)$/.exec(text) ?? [];
  if (from !== undefined && to !== undefined) {
    const first = from === "*" ? -Infinity : spanOf(from).from;
    const last = to === "*" ? Infinity : spanOf(to).to;
    return (ms) => ms >= first && ms <= last;
  }
  const [, sign = "", date = ""] = /^([<>]=?)?(.*)$/.exec(text) ?? [];
  const span = spanOf(date);
  if (sign === ">") return (ms) => ms > span.to;
  if (sign === ">=") return (ms) => ms >= span.from;
  if (sign === "<") return (ms) => ms < span.from;
  if (sign === "<=") return (ms) => ms <= span.to;
  return (ms) => ms >= span.from && ms <= span.to;
}

const DAY_MS = 86_400_000;
const SECOND_MS = 1000;

/** A day is all its milliseconds, a moment all of its second. What is no date is no time at all. */
function spanOf(text: string): { readonly from: number; readonly to: number } {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  if (!isDay && !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})$/.test(text))
    return { from: NaN, to: NaN };
  const from = Date.parse(text);
  return { from, to: from + (isDay ? DAY_MS : SECOND_MS) - 1 };
}

/**
 * actions/labeler: labels of a pull request from the files that it changes.
 * https://github.com/actions/labeler
 */
import { fromBase64, toUtf8 } from "../../base/bytes.ts";
import { API } from "../../world/services/forge/host.ts";
import { parse } from "yaml";
import { input, say, stop, type ActionCall, type BuiltIn } from "./call.ts";

export const labeler: BuiltIn = {
  newest: 6,
  oldest: 5,
  inputs: () => ({
    "repo-token": "${{ github.token }}",
    "configuration-path": ".github/labeler.yml",
    "sync-labels": "false",
    dot: "true",
    "pr-number": null,
  }),
  main: label,
};

interface Rule {
  readonly label: string;
  /** All groups of conditions; one that holds is enough. */
  readonly globs: readonly string[];
}

async function label(call: ActionCall): Promise<void> {
  const number = pullNumber(call);
  if (number === null) {
    say(call, "Could not get pull request number from context, exiting");
    return;
  }
  const rules = await configuration(call);
  if (rules === null) return;
  const files = await get(call, `pulls/${number}/files?per_page=100`);
  const issue = await get(call, `issues/${number}`);
  if (files === null || issue === null) return;
  const changed = (files as { filename: string }[]).map(({ filename }) => filename);
  const fitting = rules.filter(({ globs }) => changed.some((file) => globs.some((glob) => fits(glob, file))));
  const present = ((issue as { labels?: { name: string }[] }).labels ?? []).map(({ name }) => name);
  const missing = fitting.map((rule) => rule.label).filter((name) => !present.includes(name));
  if (missing.length > 0) await add(call, number, missing);
  call.frame.outputs["new-labels"] = missing.join(",");
  call.frame.outputs["all-labels"] = [...present, ...missing].join(",");
}

function pullNumber(call: ActionCall): number | null {
  const given = input(call, "pr-number");
  if (/^\d+$/.test(given)) return Number(given);
  const event = call.execution.request.github["event"] as { pull_request?: { number?: number } } | undefined;
  return event?.pull_request?.number ?? null;
}

/** From the default checkout of the run, through the API: the action needs no checkout. */
async function configuration(call: ActionCall): Promise<Rule[] | null> {
  const path = input(call, "configuration-path");
  const { run } = call.execution.request;
  const found = await get(call, `contents/${path}?ref=${run.sha}`);
  if (found === null) return null;
  const { content = "" } = found as { content?: string };
  try {
    const value = parse(toUtf8(fromBase64(content.replace(/\s/g, ""))), { maxAliasCount: 100 }) as unknown;
    return Object.entries((value ?? {}) as object).map(([name, conditions]) => ({
      label: name,
      globs: globsOf(conditions),
    }));
  } catch {
    stop(call, `The configuration file (path: ${path}) is not valid YAML.`);
    return null;
  }
}

/** `changed-files: [any-glob-to-any-file: …]`; other conditions are not simulated and never fit. */
function globsOf(conditions: unknown): string[] {
  if (typeof conditions === "string") return [conditions];
  if (Array.isArray(conditions)) return conditions.flatMap(globsOf);
  if (conditions === null || typeof conditions !== "object") return [];
  return Object.entries(conditions).flatMap(([name, inner]) =>
    ["changed-files", "any", "any-glob-to-any-file"].includes(name) ? globsOf(inner) : [],
  );
}

function fits(glob: string, file: string): boolean {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*\*\/?|\*|\?/g, (found) =>
      found === "*" ? "[^/]*" : found === "?" ? "[^/]" : found === "**/" ? "(?:.*/)?" : ".*",
    );
  return new RegExp(`^${source}$`, "s").test(file);
}

async function get(call: ActionCall, path: string): Promise<unknown> {
  return send(call, "GET", path);
}

async function add(call: ActionCall, number: number, labels: readonly string[]): Promise<void> {
  await send(call, "POST", `issues/${number}/labels`, { labels });
}

/** Null where it failed; that is told. */
async function send(call: ActionCall, method: string, path: string, body?: object): Promise<unknown> {
  const { execution } = call;
  const request = new Request(`${API}/repos/${execution.request.run.repository}/${path}`, {
    method,
    headers: { Authorization: `token ${input(call, "repo-token")}`, "Content-Type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const response = await execution.reach(request);
  const answer = (await response.json()) as { message?: string };
  if (response.ok) return answer;
  stop(call, `HttpError: ${answer.message ?? response.statusText}`);
  return null;
}

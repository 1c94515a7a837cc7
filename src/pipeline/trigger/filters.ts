/** Whether the `on:` of a workflow asks for an event. */
import { changedFiles } from "../../world/services/forge/git/diff.ts";
import { mergeBase } from "../../world/services/forge/git/history.ts";
import type { Objects } from "../../world/services/forge/git/objects.ts";
import { entries, field, items, literalText, texts, type Node } from "../workflow/node.ts";
import { matchesAny } from "./glob.ts";
import { record, shortName, text, type Occasion } from "./occasion.ts";

/** What an event means where `types` is not given; any action of other events. */
const DEFAULT_TYPES: Readonly<Record<string, readonly string[]>> = {
  pull_request: ["opened", "synchronize", "reopened"],
  pull_request_target: ["opened", "synchronize", "reopened"],
};

/** Above so many the diff is not looked at, and paths match. */
const MOST_FILES = 300;

export interface Asked {
  /** Configuration of the event; a null literal where there is none. */
  readonly config: Node | null;
}

/** How a workflow names an event in its `on:`; null where it does not. */
export function askedFor(on: Node | undefined, event: string): Asked | null {
  if (on?.kind === "mapping") {
    const entry = entries(on).find(({ key }) => key === event);
    return entry ? { config: entry.value } : null;
  }
  return items(on).some((item) => literalText(item) === event) ? { config: null } : null;
}

export function wants(on: Node | undefined, occasion: Occasion, objects: Objects): boolean {
  const asked = askedFor(on, occasion.event);
  if (!asked) return false;
  const config = asked.config ?? undefined;
  return (
    wantsType(config, occasion) &&
    wantsRef(config, occasion) &&
    wantsWorkflow(config, occasion) &&
    wantsPaths(config, occasion, objects)
  );
}

function wantsType(config: Node | undefined, { event, action, payload }: Occasion): boolean {
  const given = field(config, "types");
  const types = given ? texts(given) : DEFAULT_TYPES[event];
  if (!types) return true;
  // The type of a repository_dispatch is what the caller named.
  const type = event === "repository_dispatch" ? text(payload["action"]) || (action ?? "") : (action ?? "");
  return types.includes(type);
}

function wantsRef(config: Node | undefined, occasion: Occasion): boolean {
  if (occasion.event === "push") return wantsPushed(config, occasion.ref);
  if (occasion.baseRef !== null) return passes(config, "branches", occasion.baseRef);
  if (occasion.event !== "workflow_run") return true;
  return passes(config, "branches", text(record(occasion.payload["workflow_run"])["head_branch"]));
}

/** Where only branches are named tags do not count, and the other way round. */
function wantsPushed(config: Node | undefined, ref: string): boolean {
  const has = (name: string) =>
    field(config, name) !== undefined || field(config, `${name}-ignore`) !== undefined;
  const [own, other] = ref.startsWith("refs/tags/") ? ["tags", "branches"] : ["branches", "tags"];
  if (!has(own as string) && has(other as string)) return false;
  return passes(config, own as string, shortName(ref));
}

function passes(config: Node | undefined, name: string, value: string): boolean {
  const [wanted, ignored] = [field(config, name), field(config, `${name}-ignore`)];
  if (wanted) return matchesAny(texts(wanted), value);
  return !ignored || !matchesAny(texts(ignored), value);
}

function wantsWorkflow(config: Node | undefined, { event, payload }: Occasion): boolean {
  if (event !== "workflow_run") return true;
  const wanted = texts(field(config, "workflows"));
  return wanted.length === 0 || matchesAny(wanted, text(record(payload["workflow_run"])["name"]));
}

function wantsPaths(config: Node | undefined, occasion: Occasion, objects: Objects): boolean {
  const [wanted, ignored] = [field(config, "paths"), field(config, "paths-ignore")];
  if ((!wanted && !ignored) || occasion.ref.startsWith("refs/tags/")) return true;
  const paths = changedPaths(occasion, objects);
  if (paths === null) return true;
  if (wanted) return paths.some((path) => matchesAny(texts(wanted), path));
  return paths.some((path) => !matchesAny(texts(ignored), path));
}

/** Of a push from before to after; of a pull request what its head changed since it left the base. Null: too many. */
function changedPaths(occasion: Occasion, objects: Objects): string[] | null {
  const [before, after] = rangeOf(occasion, objects);
  const pairs = changedFiles(objects, before, after);
  if (pairs.length > MOST_FILES) return null;
  return pairs.flatMap((pair) => (pair.after ?? pair.before)?.path ?? []);
}

function rangeOf(occasion: Occasion, objects: Objects): [before: string | null, after: string] {
  const { payload, sha, baseRef, headSha } = occasion;
  if (baseRef !== null) {
    const base = objects.ref(`refs/heads/${baseRef}`);
    return [base === null ? null : mergeBase(objects, base, headSha), headSha];
  }
  const before = text(payload["before"]);
  if (objects.has(before)) return [before, sha];
  // A new branch: from the parent of the oldest commit that was pushed.
  const pushed = payload["commits"];
  const oldest = Array.isArray(pushed) ? text(record(pushed[0])["id"]) : "";
  return [objects.commit(oldest || sha)?.parents[0] ?? null, sha];
}

const SKIP = /\[(?:skip ci|ci skip|no ci|skip actions|actions skip)\]/;

/** https://docs.github.com/en/actions/how-tos/manage-workflow-runs/skip-workflow-runs */
export function skips(occasion: Occasion, objects: Objects): boolean {
  if (occasion.event !== "push" && occasion.event !== "pull_request") return false;
  const message = objects.commit(occasion.headSha)?.message ?? "";
  return SKIP.test(message) || /\n\nskip-checks: ?true\s*$/.test(message);
}

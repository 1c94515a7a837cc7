/**
 * Reusable workflows: found, checked and called.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/reusing-workflow-configurations
 */
import type { Json } from "../../base/json.ts";
import type { Problem } from "../../world/services/forge/actions/model.ts";
import { objectsOf, type Objects } from "../../world/services/forge/git/objects.ts";
import type { Repository } from "../../world/services/forge/model.ts";
import { policyProblem } from "../actions/policy.ts";
import type { Engine } from "../engine.ts";
import { beyond, declared, within, type Permissions } from "../plan/permissions.ts";
import { askedFor } from "../trigger/filters.ts";
import { entries, field, items, literalText, type Mapping, type Node } from "../workflow/node.ts";

/** Where a workflow file lies. */
export interface FileAt {
  readonly repository: string;
  readonly sha: string;
  /** As a full name where it is one: "refs/tags/v1"; else the commit. */
  readonly ref: string;
  readonly path: string;
  readonly blob: string;
}

/** The workflow of the run and nine levels of called ones. */
const MOST_LEVELS = 10;
const MOST_WORKFLOWS = 50;

/** The file that `uses:` names; a sentence where there is none. */
export function findCalled(engine: Engine, caller: FileAt, uses: string): FileAt | string {
  const { forge } = engine.world;
  const local = /^\.\/(\.github\/workflows\/[^/@]+\.ya?ml)$/.exec(uses);
  const remote = /^([^/]+\/[^/]+)\/(\.github\/workflows\/[^/@]+\.ya?ml)@(.+)$/.exec(uses);
  const [name, path, ref] = local ? [caller.repository, local[1], caller.sha] : (remote?.slice(1) ?? []);
  if (!name || !path || !ref) return `invalid value workflow reference: ${uses}`;
  const missing = `error parsing called workflow "${uses}": workflow was not found. See https://docs.github.com/actions/learn-github-actions/reusing-workflows#access-to-reusable-workflows for more information.`;
  const repository = forge.find(name);
  const here = forge.find(caller.repository);
  const open = repository?.visibility === "public" || repository?.owner === here?.owner;
  if (!repository || !open) return missing;
  const objects = objectsOf(forge, repository);
  const sha = objects.resolveCommit(ref);
  const entry = sha === null ? null : objects.entry(sha, path);
  if (!entry || sha === null) return missing;
  return { repository: name, sha, ref: local ? caller.ref : fullName(objects, ref), path, blob: entry.id };
}

/** A tag comes before a branch of the same name. */
function fullName(objects: Objects, ref: string): string {
  return [`refs/tags/${ref}`, `refs/heads/${ref}`].find((it) => objects.ref(it) !== null) ?? ref;
}

interface Checked {
  readonly file: FileAt;
  readonly document: Mapping;
  readonly cap: Permissions | null;
  readonly level: number;
}

/** Everything wrong with what a workflow calls, directly or not: workflows, and actions that `user` may not use. */
export async function problemsOfCalls(
  engine: Engine,
  user: Repository,
  file: FileAt,
  document: Mapping,
  ownDefault: Permissions,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  const open: Checked[] = [{ file, document, cap: null, level: 1 }];
  let count = 0;
  for (let checked = open.shift(); checked; checked = open.shift()) {
    const top = declared(field(checked.document, "permissions")) ?? checked.cap ?? ownDefault;
    for (const { key, value: job } of entries(field(checked.document, "jobs"))) {
      const uses = field(job, "uses");
      const name = literalText(uses);
      const asked = declared(field(job, "permissions")) ?? top;
      problems.push(...shrinks(checked, key, job, asked), ...refusedActions(engine, user, checked, job));
      if (!uses || name === null) continue;
      count += 1;
      const found = await called(engine, checked, uses, name, count);
      if (!("document" in found)) problems.push(...found.problems);
      else {
        problems.push(...argumentProblems(checked.file.path, job, uses, found.document));
        const cap = checked.cap ? within(asked, checked.cap) : asked;
        open.push({ ...found, cap, level: checked.level + 1 });
      }
    }
  }
  return problems;
}

/** Of the job's steps, or the workflow that it calls. What actions use themselves shows only when they run. */
function refusedActions({ world }: Engine, user: Repository, { file }: Checked, job: Node): Problem[] {
  return [job, ...items(field(job, "steps"))].flatMap((block) => {
    const uses = field(block, "uses");
    const message = policyProblem(world.forge, user, literalText(uses) ?? "");
    if (!uses || message === null) return [];
    return [{ file: file.path, line: uses.line, column: uses.column, message }];
  });
}

/** A called workflow may ask for less than its caller has, not for more. */
function shrinks({ file, cap }: Checked, key: string, job: Node, asked: Permissions): Problem[] {
  const more = cap === null ? [] : beyond(asked, cap);
  if (more.length === 0 || cap === null) return [];
  const allowed = more.map((it) => {
    const name = it.split(":")[0] as string;
    return `${name}: ${cap[name.replaceAll("-", "_") as keyof Permissions] ?? "none"}`;
  });
  const message = `Error calling workflow '${file.path}'. The nested job '${key}' is requesting '${more.join(", ")}', but is only allowed '${allowed.join(", ")}'.`;
  return [{ file: file.path, line: job.line, column: job.column, message }];
}

async function called(
  engine: Engine,
  { file, level }: Checked,
  uses: Node,
  name: string,
  count: number,
): Promise<{ file: FileAt; document: Mapping } | { problems: readonly Problem[] }> {
  const wrong = (message: string) => ({
    problems: [{ file: file.path, line: uses.line, column: uses.column, message }],
  });
  if (level >= MOST_LEVELS)
    return wrong(`job "${name}" exceeds the limit of ${MOST_LEVELS} nested workflows`);
  if (count > MOST_WORKFLOWS) return wrong(`a run may call at most ${MOST_WORKFLOWS} workflows`);
  const found = findCalled(engine, file, name);
  if (typeof found === "string") return wrong(found);
  const repository = engine.world.forge.find(found.repository);
  if (!repository) return wrong("workflow was not found");
  const parsed = await engine.documents.parse(objectsOf(engine.world.forge, repository), found);
  if (!parsed.ok) return parsed;
  if (!askedFor(field(parsed.root, "on"), "workflow_call"))
    return wrong(
      `error parsing called workflow "${name}": workflow is not reusable as it is missing a \`on.workflow_call\` trigger`,
    );
  return { file: found, document: parsed.root };
}

/** What `with` and `secrets` give against what the called workflow declares. */
function argumentProblems(file: string, job: Node, uses: Node, document: Mapping): Problem[] {
  const config = askedFor(field(document, "on"), "workflow_call")?.config ?? undefined;
  const inherits = literalText(field(job, "secrets")) === "inherit";
  return [
    ...compare(file, uses, field(job, "with"), field(config, "inputs"), "input", "Input"),
    ...(inherits
      ? []
      : compare(file, uses, field(job, "secrets"), field(config, "secrets"), "secret", "Secret")),
  ];
}

function compare(
  file: string,
  uses: Node,
  given: Node | undefined,
  wanted: Node | undefined,
  word: string,
  title: string,
): Problem[] {
  const names = entries(wanted).map(({ key }) => key.toLowerCase());
  const has = entries(given).map(({ key }) => key.toLowerCase());
  const missing = entries(wanted)
    .filter(({ key, value }) => !has.includes(key.toLowerCase()) && isRequired(value))
    .map(({ key }) => ({ ...uses, message: `${title} ${key} is required, but not provided while calling.` }));
  const unknown = entries(given)
    .filter(({ key }) => !names.includes(key.toLowerCase()))
    .map((entry) => ({
      ...entry,
      message: `Invalid ${word}, ${entry.key} is not defined in the referenced workflow.`,
    }));
  return [...missing, ...unknown].map(({ line, column, message }) => ({ file, line, column, message }));
}

function isRequired(declaration: Node): boolean {
  const required = field(declaration, "required");
  return required?.kind === "literal" && required.value === true && !field(declaration, "default");
}

/** Inputs with their types: given ones, else defaults, else the type's empty value. */
export function typedInputs(
  declarations: Node | undefined,
  given: { readonly [name: string]: Json | undefined },
  defaultOf: (node: Node) => Json,
): { [name: string]: Json } {
  const byName = new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
  return Object.fromEntries(
    entries(declarations).map(({ key, value }) => {
      const type = literalText(field(value, "type")) ?? "string";
      const fallback = field(value, "default");
      const first = literalText(items(field(value, "options"))[0]);
      const own =
        byName.get(key.toLowerCase()) ?? (fallback ? defaultOf(fallback) : type === "choice" ? first : null);
      return [key, typed(own ?? null, type)];
    }),
  );
}

function typed(value: Json, type: string): Json {
  if (type === "boolean") return value === true || value === "true";
  if (type === "number") return Number(value ?? 0) || 0;
  return value === null ? "" : String(value);
}

/**
 * Groups of an organisation's runners: which repositories and which workflows may use them. A repository's own runners
 * are in "Default" and nobody else's.
 * https://docs.github.com/en/actions/how-tos/manage-runners/self-hosted-runners/manage-access
 */
import { tableName } from "../../../../base/tables.ts";
import type { Forge } from "../forge.ts";
import type { Repository } from "../model.ts";
import type { Runner } from "./model.ts";

export interface RunnerGroup {
  readonly id: number;
  readonly organisation: string;
  readonly name: string;
  readonly visibility: "all" | "selected" | "private";
  /** Numbers of repositories, for `selected`. */
  readonly repositories: readonly number[];
  readonly allowsPublic: boolean;
  readonly restricted: boolean;
  /** "owner/name/.github/workflows/release.yml@refs/heads/main". */
  readonly workflows: readonly string[];
}

/** By organisation and name, in lower case. */
const RUNNER_GROUPS = tableName<RunnerGroup>("actions/runner-groups");

export const DEFAULT_GROUP = "Default";
const DEFAULT_ID = 1;

/** The one that every organisation has; here public repositories may use it. */
function defaultOf(organisation: string): RunnerGroup {
  return {
    id: DEFAULT_ID,
    organisation,
    name: DEFAULT_GROUP,
    visibility: "all",
    repositories: [],
    allowsPublic: true,
    restricted: false,
    workflows: [],
  };
}

export function groupsOf(forge: Forge, organisation: string): RunnerGroup[] {
  const own = forge.ports.tables
    .of(RUNNER_GROUPS)
    .filter((group) => group.organisation.toLowerCase() === organisation.toLowerCase());
  const isChanged = own.some(({ id }) => id === DEFAULT_ID);
  return isChanged ? own : [defaultOf(organisation), ...own];
}

/** `of`: an organisation, or `owner/name`, which has only "Default". */
export function groupNamed(forge: Forge, of: string, name: string): RunnerGroup | undefined {
  const groups = of.includes("/") ? [defaultOf(of)] : groupsOf(forge, of);
  return groups.find((group) => group.name.toLowerCase() === name.toLowerCase());
}

export function keepGroup(
  forge: Forge,
  group: Omit<RunnerGroup, "id"> & { readonly id?: number },
): RunnerGroup {
  const { tables } = forge.ports;
  const kept = { ...group, id: group.id ?? tables.next("actions/runner-group", DEFAULT_ID + 1) };
  return tables.of(RUNNER_GROUPS).set(keyOf(kept), kept);
}

export function dropGroup(forge: Forge, group: RunnerGroup): void {
  forge.ports.tables.of(RUNNER_GROUPS).delete(keyOf(group));
}

function keyOf({ organisation, id }: Pick<RunnerGroup, "organisation" | "id">): string {
  return `${organisation.toLowerCase()} ${id}`;
}

/** Whether a job of this repository, in a file at this ref, may run on it. `workflow`: "owner/name/path@ref". */
export function admits(forge: Forge, runner: Runner, repository: Repository, workflow: string): boolean {
  if (runner.of.includes("/")) return true;
  const group = groupNamed(forge, runner.of, runner.group);
  if (!group) return false;
  const isPublic = repository.visibility === "public";
  if (isPublic && !group.allowsPublic) return false;
  if (group.visibility === "private" && isPublic) return false;
  if (group.visibility === "selected" && !group.repositories.includes(repository.id)) return false;
  return !group.restricted || group.workflows.some((it) => isSame(it, workflow));
}

/** A workflow is named with a branch, a tag or a commit; a short name is a branch or a tag. */
function isSame(given: string, workflow: string): boolean {
  const at = given.lastIndexOf("@");
  const ref = given.slice(at + 1);
  const path = given.slice(0, at).toLowerCase();
  const [running = "", runningRef = ""] = [
    workflow.slice(0, workflow.lastIndexOf("@")),
    workflow.slice(workflow.lastIndexOf("@") + 1),
  ];
  if (at < 0 || path !== running.toLowerCase()) return false;
  return [ref, `refs/heads/${ref}`, `refs/tags/${ref}`].includes(runningRef);
}

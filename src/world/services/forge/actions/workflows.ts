/** Workflows of a repository: every file in its workflow folder that the default branch has or that a run came from. */
import type { Forge } from "../forge.ts";
import { objectsOf } from "../git/objects.ts";
import { repositoryId, type Repository } from "../model.ts";
import { WORKFLOWS, type Workflow } from "./model.ts";
import { readWorkflowFile } from "./workflow-file.ts";

export const WORKFLOW_FOLDER = ".github/workflows";

/** By id. Reads only what is registered. */
export function workflowsOf(forge: Forge, repository: Repository): Workflow[] {
  const id = repositoryId(repository);
  return forge.ports.tables
    .of(WORKFLOWS)
    .filter((it) => it.repository === id)
    .sort((a, b) => a.id - b.id);
}

/** By id, file name or path. */
export function findWorkflow(forge: Forge, repository: Repository, named: string): Workflow | undefined {
  return workflowsOf(forge, repository).find(
    ({ id, path }) => String(id) === named || path === named || path === `${WORKFLOW_FOLDER}/${named}`,
  );
}

/** Creates the record of a path, or brings its name up to date. */
export function registerWorkflow(
  forge: Forge,
  repository: Repository,
  path: string,
  name: string | null,
): Workflow {
  const { tables } = forge.ports;
  const key = `${repositoryId(repository)} ${path}`;
  const old = tables.of(WORKFLOWS).get(key);
  if (old?.name === (name ?? path)) return old;
  const workflow: Workflow = old ?? {
    id: tables.next("actions/workflow", 161_001),
    repository: repositoryId(repository),
    path,
    name: path,
    state: "active",
    createdAtMs: forge.now(),
  };
  return tables.of(WORKFLOWS).set(key, { ...workflow, name: name ?? path });
}

/** Registers what the default branch has. */
export function refreshWorkflows(forge: Forge, repository: Repository): void {
  const git = objectsOf(forge, repository);
  const commit = git.resolveCommit("HEAD");
  const folder = commit === null ? null : git.entry(commit, WORKFLOW_FOLDER);
  for (const { name, id } of (folder && git.tree(folder.id)) ?? []) {
    const bytes = /\.ya?ml$/.test(name) ? git.blob(id) : null;
    if (bytes)
      registerWorkflow(forge, repository, `${WORKFLOW_FOLDER}/${name}`, readWorkflowFile(bytes).name);
  }
}

export function changeWorkflow(forge: Forge, workflow: Workflow, state: Workflow["state"]): Workflow {
  return forge.ports.tables.of(WORKFLOWS).change(`${workflow.repository} ${workflow.path}`, { state });
}

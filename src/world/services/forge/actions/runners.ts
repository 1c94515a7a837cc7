/** Runners that a repository or an organisation brings itself. https://docs.github.com/en/actions/concepts/runners/self-hosted-runners */
import { invariant } from "../../../../base/invariant.ts";
import type { Forge } from "../forge.ts";
import { repositoryId, type Repository } from "../model.ts";
import { RUNNERS, type Runner } from "./model.ts";

/** Every self-hosted runner has these; nobody removes them. */
export const OWN_LABELS: readonly string[] = ["self-hosted", "Linux", "X64"];

export type RunnerOptions = Partial<Omit<Runner, "id" | "of" | "name">>;

/** `of`: `owner/name`, or an organisation. Null where there is one of that name. */
export function addRunner(
  forge: Forge,
  of: string,
  name: string,
  options: RunnerOptions = {},
): Runner | null {
  if (runnersAt(forge, of).some((runner) => runner.name === name)) return null;
  const id = forge.ports.tables.next("actions/runner", 21);
  return tell(forge, {
    machine: name,
    labels: OWN_LABELS,
    group: "Default",
    ephemeral: false,
    status: "online",
    job: null,
    ...options,
    id,
    of,
    name,
  });
}

/** Keeps it; where it can take a job now, those that wait hear of it. */
function tell(forge: Forge, runner: Runner): Runner {
  const { tables, schedule, now } = forge.ports;
  if (runner.status === "online" && runner.job === null) schedule(now(), "pipeline/runners");
  return tables.of(RUNNERS).set(String(runner.id), runner);
}

/** Those of exactly this repository or organisation, oldest first. */
export function runnersAt(forge: Forge, of: string): Runner[] {
  return forge.ports.tables.of(RUNNERS).filter((runner) => runner.of.toLowerCase() === of.toLowerCase());
}

/** All that a job of the repository may run on: its own, then its organisation's. */
export function runnersFor(forge: Forge, repository: Repository): Runner[] {
  return [...runnersAt(forge, repositoryId(repository)), ...runnersAt(forge, repository.owner)];
}

export function removeRunner(forge: Forge, id: number): void {
  forge.ports.tables.of(RUNNERS).delete(String(id));
}

export function changeRunner(forge: Forge, id: number, fields: Partial<Runner>): Runner {
  const runner = forge.ports.tables.of(RUNNERS).get(String(id));
  invariant(runner, `there is no runner ${id}`);
  return tell(forge, { ...runner, ...fields });
}

/** Secrets of workflows: written by people, read by jobs, shown to nobody. */
import type { Forge } from "../forge.ts";
import type { Repository } from "../model.ts";
import { SECRETS, type Scope, type Secret } from "./model.ts";
import { setScoped, valuesFor } from "./scoped.ts";

/** Name → value, as a job of the repository in that environment sees them. */
export function secretsFor(
  forge: Forge,
  repository: Repository,
  environment: string | null,
): Readonly<Record<string, string>> {
  return valuesFor(forge, SECRETS, repository, environment);
}

export function setSecret(forge: Forge, scope: Scope, name: string, value: string): Secret {
  return setScoped(forge, SECRETS, scope, name, value);
}

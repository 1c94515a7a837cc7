/** Variables of workflows: as secrets, but everybody who may write to the repository reads them. */
import type { Forge } from "../forge.ts";
import type { Repository } from "../model.ts";
import { VARIABLES, type Scope, type Variable } from "./model.ts";
import { setScoped, valuesFor } from "./scoped.ts";

/** Name → value, as a job of the repository in that environment sees them. */
export function variablesFor(
  forge: Forge,
  repository: Repository,
  environment: string | null,
): Readonly<Record<string, string>> {
  return valuesFor(forge, VARIABLES, repository, environment);
}

export function setVariable(forge: Forge, scope: Scope, name: string, value: string): Variable {
  return setScoped(forge, VARIABLES, scope, name, value);
}

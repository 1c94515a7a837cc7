/** Finding workflows by id, file name or name. */
import type { GhCall } from "./call.ts";
import type { Workflow } from "./rest.ts";
import { GhStop } from "./stop.ts";

export async function workflows(call: GhCall): Promise<Workflow[]> {
  return call.list<Workflow>(`${await call.at()}/actions/workflows`, undefined, "workflows");
}

/** By id, file name or name. Disabled ones are found where `all`. */
export async function findWorkflow(call: GhCall, which: string, all: boolean): Promise<Workflow> {
  if (/^\d+$/.test(which) || /\.ya?ml$/i.test(which)) {
    const file = which.replace(/^.*\//, "");
    const found = await call.find<Workflow>(
      `${await call.at()}/actions/workflows/${encodeURIComponent(file)}`,
    );
    if (!found) throw new GhStop(`could not find any workflows named ${which}`);
    return found;
  }
  const named = (await workflows(call)).filter(
    ({ name, state }) => name.toLowerCase() === which.toLowerCase() && (all || state === "active"),
  );
  const [first] = named;
  if (!first) throw new GhStop(`could not find any workflows named ${which}`);
  if (named.length > 1)
    throw new GhStop(
      `could not resolve to a unique workflow; found: ${named.map(({ path }) => baseName(path)).join(" ")}`,
    );
  return first;
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Secrets and variables as the API writes them. */
import type { Json } from "../../../../base/json.ts";
import type { Scoped } from "../actions/scoped.ts";
import { API } from "../host.ts";
import { time } from "./answer.ts";

/** Without a value. `kind` is the word in the address of an organisation's list of repositories. */
export function scopedJson(kind: "secrets" | "variables", it: Scoped): { readonly [key: string]: Json } {
  return {
    name: it.name,
    created_at: time(it.createdAtMs),
    updated_at: time(it.updatedAtMs),
    ...sharing(kind, it),
  };
}

function sharing(kind: string, { scope, name }: Scoped): { readonly [key: string]: Json } {
  if (scope.kind !== "organisation") return {};
  const url = `${API}/orgs/${scope.organisation}/actions/${kind}/${name}/repositories`;
  return {
    visibility: scope.visibility,
    ...(scope.visibility === "selected" ? { selected_repositories_url: url } : {}),
  };
}

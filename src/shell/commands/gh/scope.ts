/** Where a secret or variable lives: a repository, an environment of it, or an organisation. */
import type { GhCall } from "./call.ts";
import { fullName, parseRepo } from "./repository.ts";
import type { Repo } from "./rest.ts";
import { notSimulated, usageError } from "./stop.ts";

export type Kind = "secret" | "variable";

export interface Place {
  /** Below the API's root: `repos/o/r/actions/secrets`. */
  readonly path: string;
  /** As messages name it. */
  readonly name: string;
  readonly kind: "repository" | "environment" | "organization";
}

export const PLACE_FLAGS = `-e, --env string   Name of an environment
-o, --org string   Name of an organization`;

export async function placeOf(call: GhCall, kind: Kind): Promise<Place> {
  const { flags } = call;
  const org = flags.value("org");
  const env = flags.value("env");
  if (flags.on("user") || (flags.has("app") && flags.value("app") !== "actions"))
    throw notSimulated(`gh ${kind} for Codespaces and Dependabot`);
  if (org !== undefined && env !== undefined)
    throw usageError("specify only one of `--org`, `--env`, or `--user`");
  if (org !== undefined) return { path: `orgs/${org}/actions/${kind}s`, name: org, kind: "organization" };
  const repo = fullName(await call.repo());
  if (env === undefined)
    return { path: `${await call.at()}/actions/${kind}s`, name: repo, kind: "repository" };
  const path = `${await call.at()}/environments/${encodeURIComponent(env)}/${kind}s`;
  return { path, name: `environment ${env} on ${repo}`, kind: "environment" };
}

/** Which repositories may use what belongs to an organisation, as the API wants it. */
export async function sharing(call: GhCall): Promise<Readonly<Record<string, unknown>>> {
  const { flags } = call;
  const org = flags.value("org");
  const named = flags.list("repos");
  if (org === undefined) {
    if (flags.has("visibility")) throw usageError("`--visibility` is only supported with `--org`");
    if (named.length > 0) throw usageError("`--repos` is only supported with `--org` or `--user`");
    return {};
  }
  const visibility = flags.value("visibility") ?? (named.length > 0 ? "selected" : "private");
  if (visibility !== "selected") {
    if (named.length > 0) throw usageError("`--repos` is only supported with `--visibility=selected`");
    return { visibility };
  }
  if (named.length === 0) throw usageError("`--repos` list required with `--visibility=selected`");
  const ids: number[] = [];
  for (const name of named) {
    const { id } = await call.get<Repo>(`repos/${fullName(parseRepo(name, org))}`);
    ids.push(id);
  }
  return { visibility, selected_repository_ids: ids };
}

export const SHARING_FLAGS = `-r, --repos repositories   List of repositories that can use it, of an organization
-v, --visibility string   Set visibility for an organization: {all|private|selected} (default "private")`;

export interface Listed {
  readonly name: string;
  readonly value?: string;
  readonly created_at?: string;
  readonly updated_at: string;
  readonly visibility?: string;
  readonly selected_repositories_url?: string;
}

export function shownVisibility({ visibility }: Listed): string {
  if (visibility === undefined) return "";
  return visibility === "selected"
    ? "Visible to selected repositories"
    : `Visible to ${visibility} repositories`;
}

/** NAME=value lines of `--env-file`. */
export function dotenv(text: string): [string, string][] {
  return text.split("\n").flatMap((line): [string, string][] => {
    const [, name, value = ""] = /^\s*(?:export\s+)?([\w.-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    return name === undefined ? [] : [[name, unquoted(value)]];
  });
}

function unquoted(value: string): string {
  const [, quoted] = /^"((?:\\.|[^"\\])*)"/.exec(value) ?? [];
  if (quoted !== undefined) return quoted.replace(/\\n/g, "\n").replace(/\\(.)/g, "$1");
  const [, plain] = /^'([^']*)'/.exec(value) ?? [];
  return plain ?? value.replace(/\s+#.*$/, "");
}

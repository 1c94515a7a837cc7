/**
 * What a job's token may do: what the job says, else the workflow, else the repository's default; never more than the
 * calling workflow's job, and only reading for a pull request of a fork.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions
 */
import type { Level, PermissionName } from "../../world/services/forge/model.ts";
import { entries, literalText, type Node } from "../workflow/node.ts";

export type Permissions = Readonly<Partial<Record<PermissionName, Level>>>;

/** Those that a workflow can name; in a file they have hyphens. */
const NAMES = [
  "actions",
  "attestations",
  "checks",
  "contents",
  "deployments",
  "discussions",
  "id_token",
  "issues",
  "packages",
  "pages",
  "pull_requests",
  "security_events",
  "statuses",
] as const satisfies readonly PermissionName[];

export function allOf(level: Level): Permissions {
  const names = level === "read" ? NAMES.filter((name) => name !== "id_token") : NAMES;
  return Object.fromEntries(names.map((name) => [name, level]));
}

/** "Permissive" writes everything but identity tokens; "restricted" reads contents and packages. */
export function defaultPermissions(level: Level): Permissions {
  if (level === "read") return { contents: "read", packages: "read" };
  return Object.fromEntries(NAMES.filter((name) => name !== "id_token").map((name) => [name, "write"]));
}

/** Null where the file says nothing. What is not named is not given. */
export function declared(node: Node | undefined): Permissions | null {
  if (!node) return null;
  const word = literalText(node);
  if (word === "read-all") return allOf("read");
  if (word === "write-all") return allOf("write");
  const given = entries(node).flatMap(({ key, value }): [string, string][] => {
    const name = key.replaceAll("-", "_");
    const level = literalText(value);
    return (NAMES as readonly string[]).includes(name) && (level === "read" || level === "write")
      ? [[name, level]]
      : [];
  });
  return Object.fromEntries(given) as Permissions;
}

/** The lesser of both, name by name. */
export function within(permissions: Permissions, cap: Permissions): Permissions {
  const kept = Object.entries(permissions).flatMap(([name, level]): [string, Level][] => {
    const most = cap[name as PermissionName];
    return most ? [[name, level === "write" && most === "write" ? "write" : "read"]] : [];
  });
  return Object.fromEntries(kept) as Permissions;
}

/** As the token of a pull request from a fork is cut. */
export function readOnly(permissions: Permissions): Permissions {
  return within(permissions, allOf("read"));
}

/** What is asked for beyond a cap, as GitHub lists it: "contents: write". */
export function beyond(permissions: Permissions, cap: Permissions): string[] {
  return Object.entries(permissions)
    .filter(([name, level]) => {
      const most = cap[name as PermissionName];
      return most === undefined || (level === "write" && most === "read");
    })
    .map(([name, level]) => `${name.replaceAll("_", "-")}: ${level}`);
}

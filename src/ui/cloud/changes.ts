/** What the panel of the cloud changes: requests to its console, in the learner's name. */
import type { ConsoleKey } from "../../worker/protocol.ts";
import { change } from "../forge/looking.ts";
import type { Bench } from "../workbench/bench.ts";
import { CONSOLE } from "./console.ts";

const at = (...parts: readonly (string | number)[]) =>
  [CONSOLE, ...parts.map((part) => encodeURIComponent(part))].join("/");

function refused(bench: Bench): string {
  return bench.t("The cloud refused this. The trail tells why.");
}

/** The last letters go along: another key in the same place is left alone. */
export function setKey(bench: Bench, user: string, { id, number, status }: ConsoleKey): Promise<boolean> {
  const next = status === "Active" ? "Inactive" : "Active";
  return change(bench, {
    method: "PUT",
    url: at("users", user, "keys", number),
    body: { status: next, ends: id.slice(-4) },
    done:
      next === "Inactive"
        ? bench.t("The key of {user} is off. It takes effect in 10 seconds.", { user })
        : bench.t("The key of {user} is on. It takes effect in 10 seconds.", { user }),
    refused: refused(bench),
  });
}

export function deleteKey(bench: Bench, user: string, { id, number }: ConsoleKey): Promise<boolean> {
  return change(bench, {
    method: "DELETE",
    url: at("users", user, "keys", number),
    body: { ends: id.slice(-4) },
    done: bench.t("The key of {user} is deleted.", { user }),
    refused: refused(bench),
  });
}

export function deleteUser(bench: Bench, user: string): Promise<boolean> {
  return change(bench, {
    method: "DELETE",
    url: at("users", user),
    done: bench.t("User {user} is deleted, with keys and policies.", { user }),
    refused: refused(bench),
  });
}

export interface PolicyOwner {
  readonly kind: "users" | "roles";
  readonly name: string;
}

export function removePolicy(
  bench: Bench,
  { kind, name }: PolicyOwner,
  policy: { readonly name: string; readonly arn: string | null },
): Promise<boolean> {
  return change(bench, {
    method: "DELETE",
    url: at(kind, name, "policies", policy.arn ?? policy.name),
    done: bench.t("{policy} is taken off {name}.", { policy: policy.name, name }),
    refused: refused(bench),
  });
}

export function revokeSessions(bench: Bench, role: string): Promise<boolean> {
  return change(bench, {
    method: "POST",
    url: at("roles", role, "revoke-sessions"),
    done: bench.t("Sessions of {role} that were begun before now are denied everything.", { role }),
    refused: refused(bench),
  });
}

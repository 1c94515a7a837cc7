/**
 * What happens on the forge, in the words of its webhooks: pipelines and hooks hear of it.
 * https://docs.github.com/en/webhooks/webhook-events-and-payloads
 */
import type { Json } from "../../../base/json.ts";
import { tableName } from "../../../base/tables.ts";
import { remember } from "./activity.ts";
import { queueDeliveries } from "./deliveries.ts";
import type { Forge } from "./forge.ts";
import type { Identity } from "./identity.ts";

export interface ForgeEvent {
  readonly id: number;
  readonly atMs: number;
  /** "push", "pull_request", "issues", "workflow_dispatch"… */
  readonly name: string;
  /** "opened", "labeled"…; null for events without one. */
  readonly action: string | null;
  /** `owner/name` of the repository in which it happened. */
  readonly repository: string;
  readonly actor: string;
  /** It was made with the token of a job: it starts no run, unless it is a dispatch. */
  readonly byJob: boolean;
  /** As a webhook would deliver it; `repository` and `sender` included. */
  readonly payload: { readonly [key: string]: Json | undefined };
}

/** By id; an event leaves the table when pipelines have heard of it. */
export const EVENTS = tableName<ForgeEvent>("forge/events");

/** Events that a job's own token may cause all the same. */
const FROM_JOBS = ["workflow_dispatch", "repository_dispatch"];

export function raise(
  forge: Forge,
  identity: Identity,
  event: Pick<ForgeEvent, "name" | "action" | "repository" | "payload">,
): void {
  const { tables, now, schedule } = forge.ports;
  const byJob = identity.grants.kind === "job";
  remember(forge, identity.login, event);
  queueDeliveries(forge, event);
  const id = tables.next("forge/event");
  tables.of(EVENTS).set(String(id), { ...event, id, atMs: now(), actor: identity.login, byJob });
  if (!byJob || FROM_JOBS.includes(event.name)) schedule(now(), "pipeline/event", { event: id });
  else tables.of(EVENTS).delete(String(id));
}

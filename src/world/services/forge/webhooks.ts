/** Webhooks of a repository. What is sent to them: deliveries.ts. */
import { hooksOf, queueDelivery } from "./deliveries.ts";
import type { Forge } from "./forge.ts";
import type { Identity } from "./identity.ts";
import { common } from "./happened.ts";
import { hookJson } from "./json/hook.ts";
import type { Repository } from "./model.ts";
import { DELIVERIES, WEBHOOKS, type Delivery, type Webhook } from "./webhook.ts";

export type NewWebhook = Pick<
  Webhook,
  "url" | "events" | "active" | "contentType" | "secret" | "insecureSsl"
>;

/** A ping is delivered at once. */
export function createHook(
  forge: Forge,
  identity: Identity,
  repository: Repository,
  fields: NewWebhook,
): Webhook {
  const { tables, now } = forge.ports;
  const id = tables.next("forge/hook", 400_001);
  const hook = { ...fields, id, repository: repository.id, createdAtMs: now(), updatedAtMs: now() };
  tables.of(WEBHOOKS).set(String(id), hook);
  ping(forge, identity, repository, hook);
  return hook;
}

export function ping(forge: Forge, identity: Identity, repository: Repository, hook: Webhook): void {
  const payload = {
    zen: "Keep it logically awesome.",
    hook_id: hook.id,
    hook: hookJson(forge, repository, hook),
    ...common(forge, identity, repository),
  };
  queueDelivery(forge, hook, "ping", null, JSON.stringify(payload));
}

export function hookOf(forge: Forge, repository: Repository, id: number): Webhook | undefined {
  return hooksOf(forge, repository).find((hook) => hook.id === id);
}

export function changeHook(forge: Forge, hook: Webhook, fields: Partial<NewWebhook>): Webhook {
  return forge.ports.tables.of(WEBHOOKS).change(String(hook.id), { ...fields, updatedAtMs: forge.now() });
}

export function deleteHook(forge: Forge, hook: Webhook): void {
  const { tables } = forge.ports;
  for (const { id } of deliveriesOf(forge, hook)) tables.of(DELIVERIES).delete(String(id));
  tables.of(WEBHOOKS).delete(String(hook.id));
}

/** Newest first; what was not tried yet is not there. */
export function deliveriesOf(forge: Forge, hook: Webhook): Delivery[] {
  return forge.ports.tables
    .of(DELIVERIES)
    .filter((it) => it.hook === hook.id && it.deliveredAtMs !== null)
    .reverse();
}

export function redeliver(forge: Forge, hook: Webhook, delivery: Delivery): void {
  queueDelivery(forge, hook, delivery.event, delivery.action, delivery.payload, delivery);
}

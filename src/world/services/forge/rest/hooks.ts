/** https://docs.github.com/en/rest/repos/webhooks */
import type { Json } from "../../../../base/json.ts";
import { hooksOf } from "../deliveries.ts";
import { deliveryJson, fullDeliveryJson, hookConfigJson, hookJson } from "../json/hook.ts";
import { repositoryId } from "../model.ts";
import type { Webhook } from "../webhook.ts";
import { changeHook, createHook, deleteHook, deliveriesOf, hookOf, ping, redeliver } from "../webhooks.ts";
import { audited } from "./audited.ts";
import { flagField, own, textField, textsField } from "./request-body.ts";
import { invalid, json, list, noContent, notFound } from "./answer.ts";
import { onRepository, type RepositoryCall, type Route } from "./route.ts";

export const hookRoutes: readonly Route[] = [
  onRepository("GET", "/hooks", ["repository_hooks", "read"], listHooks),
  onRepository("POST", "/hooks", ["repository_hooks", "write"], postHook),
  onRepository("GET", "/hooks/{id}", ["repository_hooks", "read"], onHook(showHook)),
  onRepository("PATCH", "/hooks/{id}", ["repository_hooks", "write"], onHook(patchHook)),
  onRepository("DELETE", "/hooks/{id}", ["repository_hooks", "write"], onHook(destroyHook)),
  onRepository("GET", "/hooks/{id}/config", ["repository_hooks", "read"], onHook(showConfig)),
  onRepository("PATCH", "/hooks/{id}/config", ["repository_hooks", "write"], onHook(patchConfig)),
  onRepository("POST", "/hooks/{id}/pings", ["repository_hooks", "read"], onHook(sendPing)),
  onRepository("GET", "/hooks/{id}/deliveries", ["repository_hooks", "read"], onHook(listDeliveries)),
  onRepository(
    "GET",
    "/hooks/{id}/deliveries/{delivery}",
    ["repository_hooks", "read"],
    onHook(showDelivery),
  ),
  onRepository(
    "POST",
    "/hooks/{id}/deliveries/{delivery}/attempts",
    ["repository_hooks", "write"],
    onHook(sendAgain),
  ),
];

type HookCall = RepositoryCall & { readonly hook: Webhook };

function onHook(run: (call: HookCall) => Response): (call: RepositoryCall) => Response {
  return (call) => {
    const hook = hookOf(call.forge, call.repository, Number(call.params["id"]));
    return hook ? run({ ...call, hook }) : notFound();
  };
}

function listHooks(call: RepositoryCall): Response {
  const { forge, repository } = call;
  return list(call, hooksOf(forge, repository), (hook) => hookJson(forge, repository, hook));
}

type Config = Partial<Pick<Webhook, "url" | "contentType" | "secret" | "insecureSsl">>;

/** Null where there is no configuration, or an address that cannot be one. */
function configFrom(value: Json | undefined): Config | null {
  if (value === null || value === undefined || typeof value !== "object" || Array.isArray(value)) return null;
  const fields = value as { readonly [key: string]: Json | undefined };
  const [url, type, secret] = ["url", "content_type", "secret"].map((name) => textField(fields, name));
  const insecure = own(fields, "insecure_ssl");
  if (url != null && !/^https?:\/\/[^\s/]/.test(url)) return null;
  return {
    ...(url == null ? {} : { url }),
    ...(type == null ? {} : { contentType: type === "json" ? "json" : "form" }),
    ...(secret == null ? {} : { secret: secret === "" ? null : secret }),
    ...(insecure === undefined ? {} : { insecureSsl: String(insecure) === "1" ? "1" : "0" }),
  };
}

function postHook(call: RepositoryCall): Response {
  const { forge, repository, identity, body } = call;
  const config = configFrom(own(body, "config"));
  if (!config?.url || !identity) return invalid({ resource: "Hook", field: "url", code: "missing_field" });
  const { url } = config;
  if (hooksOf(forge, repository).some((hook) => hook.url === url))
    return invalid({
      resource: "Hook",
      field: "base",
      code: "custom",
      message: "Hook already exists on this repository",
    });
  const hook = createHook(forge, identity, repository, {
    events: textsField(body, "events") ?? ["push"],
    active: flagField(body, "active") ?? true,
    contentType: "form",
    secret: null,
    insecureSsl: "0",
    ...config,
    url,
  });
  audited(call, "hook.create", repositoryId(repository), { hook_id: hook.id, events: hook.events, url });
  return json(201, hookJson(forge, repository, hook));
}

function showHook({ forge, repository, hook }: HookCall): Response {
  return json(200, hookJson(forge, repository, hook));
}

function patchHook(call: HookCall): Response {
  const { forge, repository, hook, body } = call;
  const given = own(body, "config");
  const config = given === undefined ? {} : configFrom(given);
  if (config === null) return invalid({ resource: "Hook", field: "url", code: "invalid" });
  const events = textsField(body, "events") ?? hook.events;
  const added = textsField(body, "add_events") ?? [];
  const removed = textsField(body, "remove_events") ?? [];
  const now = changeHook(forge, hook, {
    ...config,
    events: [...new Set([...events, ...added])].filter((name) => !removed.includes(name)),
    active: flagField(body, "active") ?? hook.active,
  });
  tellChange(call, hook, now);
  return json(200, hookJson(forge, repository, now));
}

function tellChange(call: HookCall, before: Webhook, now: Webhook): void {
  const id = repositoryId(call.repository);
  const data = { hook_id: now.id };
  if (before.active !== now.active) audited(call, "hook.active_changed", id, { ...data, active: now.active });
  if (before.events.join() !== now.events.join())
    audited(call, "hook.events_changed", id, { ...data, events: now.events });
  if (before.url !== now.url || before.secret !== now.secret || before.contentType !== now.contentType)
    audited(call, "hook.config_changed", id, { ...data, url: now.url });
}

function destroyHook(call: HookCall): Response {
  deleteHook(call.forge, call.hook);
  audited(call, "hook.destroy", repositoryId(call.repository), { hook_id: call.hook.id, url: call.hook.url });
  return noContent();
}

function showConfig({ hook }: HookCall): Response {
  return json(200, hookConfigJson(hook));
}

function patchConfig(call: HookCall): Response {
  const config = configFrom(call.body);
  if (config === null) return invalid({ resource: "Hook", field: "url", code: "invalid" });
  const now = changeHook(call.forge, call.hook, config);
  tellChange(call, call.hook, now);
  return json(200, hookConfigJson(now));
}

function sendPing({ forge, repository, identity, hook }: HookCall): Response {
  if (identity) ping(forge, identity, repository, hook);
  return noContent();
}

function listDeliveries(call: HookCall): Response {
  const { forge, repository, hook } = call;
  return list(call, deliveriesOf(forge, hook), (delivery) => deliveryJson(delivery, repository));
}

function deliveryIn({ forge, hook, params }: HookCall) {
  return deliveriesOf(forge, hook).find(({ id }) => String(id) === params["delivery"]);
}

function showDelivery(call: HookCall): Response {
  const delivery = deliveryIn(call);
  return delivery ? json(200, fullDeliveryJson(delivery, call.repository, call.hook)) : notFound();
}

function sendAgain(call: HookCall): Response {
  const delivery = deliveryIn(call);
  if (!delivery) return notFound();
  redeliver(call.forge, call.hook, delivery);
  return json(202, {});
}

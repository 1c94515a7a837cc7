/** Webhooks and their deliveries as the API writes them. A secret is shown as stars. */
import type { Json } from "../../../../base/json.ts";
import type { Forge } from "../forge.ts";
import { API } from "../host.ts";
import { repositoryId, type Repository } from "../model.ts";
import { time, timeOrNull } from "../rest/answer.ts";
import { DELIVERIES, type Delivery, type Webhook } from "../webhook.ts";

type Shape = { readonly [key: string]: Json };

export function hookJson(forge: Forge, repository: Repository, hook: Webhook): Shape {
  const url = `${API}/repos/${repositoryId(repository)}/hooks/${hook.id}`;
  const last = forge.ports.tables
    .of(DELIVERIES)
    .filter((it) => it.hook === hook.id && it.deliveredAtMs !== null)
    .at(-1);
  return {
    type: "Repository",
    id: hook.id,
    name: "web",
    active: hook.active,
    events: [...hook.events],
    config: hookConfigJson(hook),
    updated_at: time(hook.updatedAtMs),
    created_at: time(hook.createdAtMs),
    url,
    test_url: `${url}/test`,
    ping_url: `${url}/pings`,
    deliveries_url: `${url}/deliveries`,
    last_response: last
      ? { code: last.statusCode, status: last.statusCode < 300 ? "active" : "error", message: last.status }
      : { code: null, status: "unused", message: null },
  };
}

export function hookConfigJson({ contentType, insecureSsl, url, secret }: Webhook): Shape {
  return {
    content_type: contentType,
    insecure_ssl: insecureSsl,
    url,
    ...(secret === null ? {} : { secret: "********" }),
  };
}

export function deliveryJson(delivery: Delivery, repository: Repository): Shape {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: timeOrNull(delivery.deliveredAtMs),
    redelivery: delivery.redelivery,
    duration: 0,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: null,
    repository_id: repository.id,
    throttled_at: null,
  };
}

export function fullDeliveryJson(delivery: Delivery, repository: Repository, hook: Webhook): Shape {
  return {
    ...deliveryJson(delivery, repository),
    url: hook.url,
    request: { headers: { ...delivery.requestHeaders }, payload: JSON.parse(delivery.payload) as Json },
    response: { headers: { ...delivery.responseHeaders }, payload: delivery.responseBody },
  };
}

/**
 * Deliveries of webhooks: queued when something happens, sent through the network at once, remembered.
 * https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha1 as nobleSha1 } from "@noble/hashes/legacy.js";
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { fromUtf8, toHex } from "../../../base/bytes.ts";
import type { Scheduled } from "../../queue.ts";
import type { Json } from "../../../base/json.ts";
import type { Forge } from "./forge.ts";
import type { Repository } from "./model.ts";
import { DELIVERIES, WEBHOOKS, type Delivery, type Webhook } from "./webhook.ts";

interface Told {
  readonly name: string;
  readonly action: string | null;
  /** `owner/name`. */
  readonly repository: string;
  readonly payload: { readonly [key: string]: Json | undefined };
}

/** So much of an answer is kept. */
const KEPT_CHARACTERS = 10_000;

/** For every hook that wants to hear of it. */
export function queueDeliveries(forge: Forge, event: Told): void {
  const repository = forge.find(event.repository);
  if (!repository) return;
  for (const hook of hooksOf(forge, repository))
    if (hook.active && (hook.events.includes(event.name) || hook.events.includes("*")))
      queueDelivery(forge, hook, event.name, event.action, JSON.stringify(event.payload));
}

export function hooksOf(forge: Forge, repository: Repository): Webhook[] {
  return forge.ports.tables.of(WEBHOOKS).filter((hook) => hook.repository === repository.id);
}

export function queueDelivery(
  forge: Forge,
  hook: Webhook,
  event: string,
  action: string | null,
  payload: string,
  again: Delivery | null = null,
): Delivery {
  const { tables, schedule, now, random } = forge.ports;
  const id = tables.next("forge/delivery", 30_001);
  const part = (length: number) => random(length, "0123456789abcdef");
  const guid = again?.guid ?? [8, 4, 4, 4, 12].map(part).join("-");
  schedule(now(), "forge/deliver", { delivery: id });
  return tables.of(DELIVERIES).set(String(id), {
    id,
    guid,
    hook: hook.id,
    event,
    action,
    payload,
    redelivery: again !== null,
    deliveredAtMs: null,
    status: null,
    statusCode: 0,
    requestHeaders: {},
    responseHeaders: {},
    responseBody: "",
  });
}

/** `forge/deliver`. A hook that is gone by then hears nothing. */
export async function deliver(forge: Forge, payload: Scheduled["payload"]): Promise<void> {
  const { tables, now } = forge.ports;
  const delivery = tables.of(DELIVERIES).get(String(payload["delivery"]));
  const hook = delivery && tables.of(WEBHOOKS).get(String(delivery.hook));
  if (!hook) return;
  const body =
    hook.contentType === "json" ? delivery.payload : `payload=${encodeURIComponent(delivery.payload)}`;
  const requestHeaders = headersOf(hook, delivery, body);
  const answer = await send(forge, hook.url, requestHeaders, body);
  tables.of(DELIVERIES).change(String(delivery.id), { requestHeaders, deliveredAtMs: now(), ...answer });
}

type Answered = Pick<Delivery, "status" | "statusCode" | "responseHeaders" | "responseBody">;

const UNREACHED: Answered = {
  status: "failed to connect to host",
  statusCode: 502,
  responseHeaders: {},
  responseBody: "",
};

async function send(
  forge: Forge,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<Answered> {
  const { reach } = forge.ports;
  if (!reach || !URL.canParse(url)) return UNREACHED;
  try {
    const response = await reach(new Request(url, { method: "POST", headers, body }));
    return {
      status: response.ok ? "OK" : `Invalid HTTP Response: ${response.status}`,
      statusCode: response.status,
      responseHeaders: Object.fromEntries(response.headers),
      responseBody: (await response.text()).slice(0, KEPT_CHARACTERS),
    };
  } catch {
    return UNREACHED;
  }
}

function headersOf(hook: Webhook, delivery: Delivery, body: string): Record<string, string> {
  const type = hook.contentType === "json" ? "application/json" : "application/x-www-form-urlencoded";
  return {
    Accept: "*/*",
    "Content-Type": type,
    "User-Agent": "GitHub-Hookshot/leaklab",
    "X-GitHub-Delivery": delivery.guid,
    "X-GitHub-Event": delivery.event,
    "X-GitHub-Hook-ID": String(hook.id),
    "X-GitHub-Hook-Installation-Target-ID": String(hook.repository),
    "X-GitHub-Hook-Installation-Target-Type": "repository",
    ...(hook.secret === null ? {} : signatures(hook.secret, body)),
  };
}

/** https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries */
function signatures(secret: string, body: string): Record<string, string> {
  const [key, bytes] = [fromUtf8(secret), fromUtf8(body)];
  return {
    "X-Hub-Signature": `sha1=${toHex(hmac(nobleSha1, key, bytes))}`,
    "X-Hub-Signature-256": `sha256=${toHex(hmac(nobleSha256, key, bytes))}`,
  };
}

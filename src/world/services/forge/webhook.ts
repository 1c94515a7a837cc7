/** Webhooks of a repository, and what was delivered to them. https://docs.github.com/en/rest/repos/webhooks */
import { tableName } from "../../../base/tables.ts";

export interface Webhook {
  readonly id: number;
  /** Number of the repository. */
  readonly repository: number;
  /** Names of events; `*` for all. */
  readonly events: readonly string[];
  readonly active: boolean;
  readonly url: string;
  readonly contentType: "json" | "form";
  /** Signs what is delivered. Nobody reads it through the API. */
  readonly secret: string | null;
  readonly insecureSsl: "0" | "1";
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

export interface Delivery {
  readonly id: number;
  readonly guid: string;
  readonly hook: number;
  readonly event: string;
  readonly action: string | null;
  /** The body as it was or will be sent. */
  readonly payload: string;
  readonly redelivery: boolean;
  readonly deliveredAtMs: number | null;
  /** "OK", "Invalid HTTP Response: 404", "failed to connect to host"; null before it was tried. */
  readonly status: string | null;
  readonly statusCode: number;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string;
}

/** By id. */
export const WEBHOOKS = tableName<Webhook>("forge/webhooks");
export const DELIVERIES = tableName<Delivery>("forge/deliveries");

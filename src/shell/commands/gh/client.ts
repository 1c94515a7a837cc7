/** Requests to the forge's REST API and what its errors look like in gh's words. https://docs.github.com/en/rest */
import { type Reach, UnknownHostError } from "../../../world/network.ts";
import { GhStop } from "./stop.ts";
import { harmlessJson } from "./text.ts";

export const HOST = "forge.test";
export const ORIGIN = `https://${HOST}`;
export const API = `${ORIGIN}/api/v3/`;

const USER_AGENT = "GitHub CLI 2.86.0";

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const MOST_HOPS = 10;

export interface RequestOptions {
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly bytes?: Uint8Array;
  readonly headers?: readonly (readonly [name: string, value: string])[];
}

export class Client {
  readonly #reach: Reach;
  readonly #token: string | null;

  /** Without a token the request carries no credential. */
  constructor(reach: Reach, token: string | null) {
    this.#reach = reach;
    this.#token = token;
  }

  /** The answer, whatever its status. `path`: below the API's root, or a whole address. */
  async send(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    const url = addressOf(path);
    const headers = new Headers({ "User-Agent": USER_AGENT, Accept: "application/vnd.github+json" });
    if (this.#token !== null && ownHost(url)) headers.set("Authorization", `token ${this.#token}`);
    const body = options.bytes ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
    if (options.body !== undefined) headers.set("Content-Type", "application/json; charset=utf-8");
    setAll(headers, options.headers ?? []);
    return this.#follow(url, { method, headers, ...(body === undefined ? {} : { body: body as BodyInit }) });
  }

  /** Redirects of what is only read are followed, as to the logs of a run. */
  async #follow(first: URL, init: RequestInit): Promise<Response> {
    let url = first;
    for (let hops = 0; ; hops++) {
      const response = await this.#once(url, init);
      const location = REDIRECTS.has(response.status) ? response.headers.get("Location") : null;
      if (location === null || init.method !== "GET" || !URL.canParse(location, url.href)) return response;
      if (hops === MOST_HOPS)
        throw new GhStop(`Get ${JSON.stringify(url.href)}: stopped after ${MOST_HOPS} redirects`);
      url = new URL(location, url);
      if (!ownHost(url)) (init.headers as Headers).delete("Authorization");
    }
  }

  async #once(url: URL, init: RequestInit): Promise<Response> {
    try {
      return await this.#reach(new Request(url, init));
    } catch (error) {
      if (error instanceof UnknownHostError)
        throw new GhStop(
          `error connecting to ${url.host}\ncheck your internet connection or https://githubstatus.com`,
        );
      throw error;
    }
  }

  /** The answer where it is a good one; a GhStop otherwise. */
  async ok(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    const response = await this.send(method, path, options);
    if (!response.ok) throw await httpStop(response, addressOf(path).href);
    return response;
  }

  /** The JSON of a good answer; null where it is empty. */
  async json(method: string, path: string, body?: unknown): Promise<unknown> {
    return parsed(await this.ok(method, path, body === undefined ? {} : { body }));
  }

  async get(path: string): Promise<unknown> {
    return this.json("GET", path);
  }

  /** Null where there is nothing there. */
  async find(path: string): Promise<unknown> {
    const response = await this.send("GET", path);
    if (response.status === 404) return null;
    if (!response.ok) throw await httpStop(response, addressOf(path).href);
    return parsed(response);
  }

  /** Items of a list over as many pages as are needed; `key` where the list lies in an object. */
  async list(path: string, limit: number = Number.POSITIVE_INFINITY, key?: string): Promise<unknown[]> {
    const items: unknown[] = [];
    const join = path.includes("?") ? "&" : "?";
    let next: string | null = `${path}${join}per_page=${Math.min(limit, 100)}`;
    while (next !== null && items.length < limit) {
      const response: Response = await this.ok("GET", next);
      const page = await parsed(response);
      const part = key === undefined ? page : (page as Record<string, unknown> | null)?.[key];
      if (Array.isArray(part)) items.push(...(part as unknown[]));
      next = nextPage(response.headers);
    }
    return items.slice(0, limit);
  }
}

function setAll(headers: Headers, pairs: readonly (readonly [string, string])[]): void {
  for (const [name, value] of pairs) {
    try {
      headers.set(name, value);
    } catch {
      throw new GhStop(`net/http: invalid header field name or value: ${JSON.stringify(name)}`);
    }
  }
}

export function addressOf(path: string): URL {
  if (/^https?:\/\//.test(path)) {
    if (!URL.canParse(path)) throw new GhStop(`parse ${JSON.stringify(path)}: invalid URL`);
    return new URL(path);
  }
  return new URL(API + path.replace(/^\/+/, ""));
}

/** A token is never sent to another host. */
function ownHost({ hostname }: URL): boolean {
  return hostname === HOST || hostname.endsWith(`.${HOST}`);
}

export function nextPage(headers: Headers): string | null {
  return /<([^>]+)>;\s*rel="next"/.exec(headers.get("Link") ?? "")?.[1] ?? null;
}

async function parsed(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === "") return null;
  try {
    return harmlessJson(JSON.parse(text));
  } catch {
    throw new GhStop("the forge's answer is not JSON");
  }
}

interface ErrorBody {
  readonly message?: unknown;
  readonly errors?: unknown;
}

async function httpStop(response: Response, url: string): Promise<GhStop> {
  const { message, details } = errorOf(await response.text());
  const head =
    message === "" ? `HTTP ${response.status} (${url})` : `HTTP ${response.status}: ${message} (${url})`;
  const advice = response.status === 401 ? ["Try authenticating with:  gh auth login"] : [];
  return new GhStop([head, ...details, ...advice].join("\n"), 1, false, response.status);
}

/** What an answer says went wrong; `details` names the fields. */
export function errorOf(text: string): { readonly message: string; readonly details: string[] } {
  let body: ErrorBody = {};
  try {
    body = (harmlessJson(JSON.parse(text)) ?? {}) as ErrorBody;
  } catch {
    // A page, not JSON: only the status tells what happened.
  }
  const errors = Array.isArray(body.errors)
    ? (body.errors as unknown[])
    : typeof body.errors === "string"
      ? [body.errors]
      : [];
  return {
    message: typeof body.message === "string" ? body.message : "",
    details: errors.map(detailOf).filter((detail) => detail !== ""),
  };
}

function detailOf(error: unknown): string {
  if (typeof error === "string") return error;
  const { resource, field, code, message } = (error ?? {}) as Record<string, unknown>;
  if (typeof message === "string" && message !== "") return message;
  const place = `${String(resource)}.${String(field)}`;
  if (code === "missing_field") return `${place} is missing`;
  if (code === "invalid" || code === "unprocessable") return `${place} is invalid`;
  if (code === "already_exists") return `${place} already exists`;
  return typeof code === "string" ? code : "";
}

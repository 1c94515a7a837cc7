/** Requests of `bao` to the store, and its words where one fails. https://openbao.org/docs/commands/#environment-variables */
import { UnknownHostError, type Reach } from "../../../world/network.ts";
import { BaoStop } from "./stop.ts";

export type Fields = Readonly<Record<string, unknown>>;

export interface Auth {
  readonly client_token: string;
  readonly accessor: string;
  readonly policies: readonly string[];
  readonly token_policies: readonly string[];
  readonly identity_policies: readonly string[] | null;
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly lease_duration: number;
  readonly renewable: boolean;
}

/** An answer of the store, in the order in which JSON output shows it. */
export interface Secret {
  readonly request_id: string;
  readonly lease_id: string;
  readonly lease_duration: number;
  readonly renewable: boolean;
  readonly data: Fields | null;
  readonly warnings: readonly string[] | null;
  readonly auth: Auth | null;
}

export interface ClientOptions {
  readonly reach: Reach | undefined;
  readonly address: string;
  readonly token: string;
}

interface Answer {
  readonly status: number;
  readonly body: Fields;
  readonly url: string;
}

export class Client {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  get token(): string {
    return this.#options.token;
  }

  get address(): string {
    return this.#options.address;
  }

  with(token: string): Client {
    return new Client({ ...this.#options, token });
  }

  /** What `doing` was for is said before a failure: "reading secret/foo". Null where there is nothing. */
  async secret(doing: string, method: string, path: string, body?: Fields): Promise<Secret | null> {
    const answer = await this.#send(doing, method, path, body);
    const { data } = answer.body;
    const hidden = answer.status === 404 && data !== null && typeof data === "object";
    if (answer.status === 404 && !hidden && this.#isEmpty(answer)) return null;
    if (answer.status >= 400 && !hidden) throw new BaoStop(failure(doing, method, answer), 2);
    return answer.status === 204 ? null : secretOf(answer.body);
  }

  /** The body of an answer without envelope. */
  async plain(doing: string, method: string, path: string, body?: Fields): Promise<Fields> {
    const answer = await this.#send(doing, method, path, body);
    if (answer.status >= 400) throw new BaoStop(failure(doing, method, answer), 2);
    return answer.body;
  }

  #isEmpty({ body }: Answer): boolean {
    return !Array.isArray(body["errors"]) || body["errors"].length === 0;
  }

  async #send(doing: string, method: string, path: string, body?: Fields): Promise<Answer> {
    const { reach, address, token } = this.#options;
    const url = `${address.replace(/\/+$/, "")}/v1/${encoded(path)}`;
    const unreachable = (why: string) =>
      new BaoStop(`Error ${doing}: ${method} ${JSON.stringify(url)}: ${why}`, 2);
    if (!URL.canParse(url)) throw new BaoStop(`Error ${doing}: parse ${JSON.stringify(url)}: invalid URL`, 2);
    const { hostname, host } = new URL(url);
    if (/^(?:127\.|localhost$)/.test(hostname))
      throw unreachable(`dial tcp ${host}: connect: connection refused`);
    const headers = new Headers({
      "X-Vault-Request": "true",
      ...(body ? { "Content-Type": "application/json" } : {}),
    });
    if (/^[\x21-\x7e]+$/.test(token)) headers.set("X-Vault-Token", token);
    try {
      if (!reach) throw new UnknownHostError(hostname);
      const response = await reach(
        new Request(url, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) }),
      );
      return { status: response.status, body: parsed(await response.text()), url };
    } catch (error) {
      if (error instanceof UnknownHostError)
        throw unreachable(`dial tcp: lookup ${error.host}: no such host`);
      throw error;
    }
  }
}

/** A path as one typed it, and behind a question mark a query that is encoded already. */
function encoded(path: string): string {
  const at = path.indexOf("?");
  const [plain, query] = at < 0 ? [path, ""] : [path.slice(0, at), path.slice(at)];
  return plain.split("/").map(encodeURIComponent).join("/") + query;
}

function parsed(text: string): Fields {
  try {
    const value = JSON.parse(text) as unknown;
    return value !== null && typeof value === "object" ? (value as Fields) : {};
  } catch {
    return {};
  }
}

function secretOf(body: Fields): Secret {
  const {
    request_id = "",
    lease_id = "",
    lease_duration = 0,
    renewable = false,
    data = null,
    warnings = null,
    auth = null,
  } = body as Partial<Secret>;
  return { request_id, lease_id, lease_duration, renewable, data, warnings, auth };
}

function failure(doing: string, method: string, { status, body, url }: Answer): string {
  const errors = Array.isArray(body["errors"]) ? body["errors"].map(String) : [];
  const list = errors.map((it) => `* ${it}`).join("\n");
  return `Error ${doing}: Error making API request.\n\nURL: ${method} ${url}\nCode: ${status}. Errors:\n\n${list}`;
}

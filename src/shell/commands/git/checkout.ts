/** `git checkout`: https://git-scm.com/docs/git-checkout */
import type { GitCall, GitCommand } from "./call.ts";
import { addPatch } from "./lib/addPatch.ts";
import { checkOutPaths } from "./lib/checkoutPaths.ts";
import { headCommit } from "./lib/head.ts";
import { runHook } from "./lib/hooks.ts";
import { abbreviate, peel, ZERO_ID } from "./lib/objects.ts";
import { parseOptions } from "./lib/options.ts";
import { USAGE } from "./lib/porcelainUsage.ts";
import { readRef } from "./lib/refs.ts";
import { openWorkTree, type WorkTreeRepository } from "./lib/repository.ts";
import { resolveRevision } from "./lib/revision.ts";
import { guessRemoteBranch, switchBranch } from "./lib/switchBranch.ts";
import { die, run, stop, type Transcript } from "./lib/transcript.ts";

const SPEC = {
  branch: { names: ["-b"], value: "required" },
  forceBranch: { names: ["-B"], value: "required" },
  log: { names: ["-l"] },
  guess: { names: ["--guess"] },
  overlay: { names: ["--overlay"] },
  quiet: { names: ["-q", "--quiet"] },
  progress: { names: ["--progress"] },
  merge: { names: ["-m", "--merge"] },
  detach: { names: ["-d", "--detach"] },
  track: { names: ["-t", "--track"], value: "optional" },
  force: { names: ["-f", "--force"] },
  orphan: { names: ["--orphan"], value: "required" },
  ours: { names: ["-2", "--ours"] },
  theirs: { names: ["-3", "--theirs"] },
  patch: { names: ["-p", "--patch"] },
} as const;

interface Asked {
  readonly quiet: boolean;
  readonly force: boolean;
  readonly overlay: boolean;
  readonly side: 2 | 3 | undefined;
  readonly patch: boolean;
  readonly dashes: boolean;
}

export const checkout: GitCommand = async (call) => {
  const parsed = parseOptions(call.args, SPEC, { usage: USAGE.checkout });
  if ("result" in parsed) return parsed.result;
  const { values, counts, rest, dashes } = parsed;
  return run(async (t) => {
    const repo = await openWorkTree(call);
    if (values.branch !== undefined && values.forceBranch !== undefined)
      die("options '-b', '-B', and '--orphan' cannot be used together");
    let name = values.branch ?? values.forceBranch;
    if (values.detach && (name !== undefined || values.orphan !== undefined))
      die("options '--detach' and '-b/-B/--orphan' cannot be used together");
    const asked: Asked = {
      quiet: values.quiet,
      force: values.force,
      overlay: counts.overlay !== -1,
      side: values.ours ? 2 : values.theirs ? 3 : undefined,
      patch: values.patch,
      dashes: dashes !== null,
    };
    const place = await splitArguments(
      call,
      repo,
      rest,
      dashes,
      name !== undefined || values.orphan !== undefined,
      counts.guess !== -1,
    );
    let track = counts.track === -1 ? false : values.track === undefined ? undefined : true;
    if (track && name === undefined && place.target !== undefined && place.paths === null)
      name = place.target
        .replace(/^refs\//, "")
        .replace(/^remotes\//, "")
        .replace(/^[^/]+\//, "");
    if (place.guessed !== null) {
      name = place.guessed;
      track ??= true;
    }
    if (place.paths !== null || asked.patch) {
      if (name !== undefined || values.orphan !== undefined)
        die(
          `'${place.paths?.[0] ?? ""}' is not a commit and a branch '${name ?? values.orphan ?? ""}' cannot be created from it`,
        );
      return checkoutPaths(call, repo, t, asked, place.target, place.paths ?? []);
    }
    const create = name === undefined ? null : { name, force: values.forceBranch !== undefined };
    const orphan = values.orphan ?? null;
    return switchBranch(call, repo, t, {
      target: place.target,
      create,
      orphan,
      detach: values.detach,
      force: values.force,
      quiet: values.quiet,
      track,
      command: "checkout",
    });
  });
};

interface Place {
  readonly target: string | undefined;
  /** Null where a branch is meant. */
  readonly paths: readonly string[] | null;
  /** A new branch after the remote-tracking branch of that name. */
  readonly guessed: string | null;
}

/** Which arguments are a revision, and which are paths. */
async function splitArguments(
  call: GitCall,
  repo: WorkTreeRepository,
  rest: readonly string[],
  dashes: number | null,
  creates: boolean,
  guesses: boolean,
): Promise<Place> {
  const [first, ...others] = rest;
  if (first === undefined) return { target: undefined, paths: dashes === null ? null : [], guessed: null };
  if (dashes === 0) return { target: undefined, paths: rest, guessed: null };
  const known = first === "-" || (await resolveRevision(repo, first === "-" ? "@{-1}" : first)) !== null;
  const file = await call.fs.exists(first.startsWith("/") ? first : `${call.cwd}/${first}`);
  if (known) {
    if (others.length > 0) return { target: first, paths: others, guessed: null };
    const branch = (await readRef(repo, `refs/heads/${first}`)) !== null;
    if (file && !creates && !branch && dashes === null) {
      stop(
        `fatal: ambiguous argument '${first}': both revision and filename\nUse '--' to separate paths from revisions, like this:\n'git <command> [<revision>...] -- [<file>...]'\n`,
        128,
      );
    }
    return { target: first, paths: null, guessed: null };
  }
  if (creates) return { target: first, paths: others.length > 0 ? others : null, guessed: null };
  if (dashes !== null && dashes > 0) {
    const guess =
      guesses && dashes === 1 && others.length === 0 ? await guessRemoteBranch(repo, first) : null;
    if (guess !== null && guess !== "several") return { target: guess, paths: null, guessed: first };
    die(`invalid reference: ${first}`);
  }
  const guess = guesses && others.length === 0 && !file ? await guessRemoteBranch(repo, first) : null;
  if (guess === "several") {
    die(`'${first}' matched multiple (2) remote tracking branches`);
  }
  if (guess !== null) return { target: guess, paths: null, guessed: first };
  return { target: undefined, paths: rest, guessed: null };
}

async function checkoutPaths(
  call: GitCall,
  repo: WorkTreeRepository,
  t: Transcript,
  asked: Asked,
  revision: string | undefined,
  paths: readonly string[],
): Promise<number> {
  const found =
    revision === undefined ? null : await resolveRevision(repo, revision === "-" ? "@{-1}" : revision);
  const tree = found && (await peel(repo, found.id, "tree"));
  if (asked.patch) {
    await addPatch(call, repo, t, { kind: "checkout", tree: tree ?? null, head: revision === "HEAD" }, paths);
    return 0;
  }
  const written = await checkOutPaths(repo, t, {
    paths,
    tree: tree ?? null,
    staged: true,
    worktree: true,
    overlay: asked.overlay,
    side: asked.side,
    force: asked.force,
  });
  if (!asked.quiet && !asked.dashes) {
    const files = `Updated ${written} path${written === 1 ? "" : "s"} from`;
    t.err(tree ? `${files} ${await abbreviate(repo, tree)}\n` : `${files} the index\n`);
  }
  const id = (await headCommit(repo)).commit?.id ?? ZERO_ID;
  return t.add(await runHook(call, repo, "post-checkout", { args: [id, id, "0"] })).exitCode;
}

/** The command line of cherry-pick and revert. */
import type { ExecResult } from "just-git";
import type { GitCall } from "../call.ts";
import { parseOptions } from "../lib/options.ts";
import { peel, readCommit, type Commit } from "../lib/objects.ts";
import { USAGE } from "../lib/porcelainUsage.ts";
import { openWorkTree, type WorkTreeRepository } from "../lib/repository.ts";
import { parseRevisions } from "../lib/revision.ts";
import { die, run, stop, Stop } from "../lib/transcript.ts";
import { walkCommits } from "../lib/walk.ts";
import {
  abortSequence,
  continueSequence,
  quitSequence,
  skipSequence,
  startSequence,
  type Sequence,
} from "./sequence.ts";

const SPEC = {
  quit: { names: ["--quit"], noNegation: true },
  continue: { names: ["--continue"], noNegation: true },
  abort: { names: ["--abort"], noNegation: true },
  skip: { names: ["--skip"], noNegation: true },
  cleanup: { names: ["--cleanup"], value: "required" },
  noCommit: { names: ["-n", "--no-commit"] },
  edit: { names: ["-e", "--edit"] },
  signoff: { names: ["-s", "--signoff"] },
  mainline: { names: ["-m", "--mainline"], value: "required" },
  rerere: { names: ["--rerere-autoupdate"] },
  strategy: { names: ["--strategy"], value: "required" },
  strategyOption: { names: ["-X", "--strategy-option"], value: "list" },
  sign: { names: ["-S", "--gpg-sign"], value: "optional" },
} as const;

const PICK_SPEC = {
  ...SPEC,
  origin: { names: ["-x"] },
  oldOrigin: { names: ["-r"] },
  ff: { names: ["--ff"] },
  allowEmpty: { names: ["--allow-empty"] },
  allowEmptyMessage: { names: ["--allow-empty-message"] },
  keepRedundant: { names: ["--keep-redundant-commits"] },
} as const;

export async function sequenceCommand(call: GitCall, kind: "cherry-pick" | "revert"): Promise<ExecResult> {
  const usage = USAGE[kind];
  const parsed =
    kind === "revert"
      ? parseOptions(call.args, SPEC, { usage, keepUnknown: true })
      : parseOptions(call.args, PICK_SPEC, { usage, keepUnknown: true });
  if ("result" in parsed) return parsed.result;
  const values = parsed.values as Record<string, unknown>;
  return run(async (t) => {
    const repo = await openWorkTree(call);
    const mainline = values["mainline"] === undefined ? null : Number(values["mainline"]);
    if (mainline !== null && !(mainline > 0))
      return stop(`error: option \`mainline' expects a number greater than zero\n`, 129);
    const options = {
      kind,
      edit:
        values["edit"] === true ||
        (kind === "revert" &&
          parsed.counts.edit === undefined &&
          call.stdin === "" &&
          call.terminal.attended === true),
      noCommit: values["noCommit"] === true,
      origin: values["origin"] === true,
      signoff: values["signoff"] === true,
      fastForward: values["ff"] === true,
      allowEmpty: values["allowEmpty"] === true || values["keepRedundant"] === true,
      keepRedundant: values["keepRedundant"] === true,
      mainline,
    };
    const sequence: Sequence = { call, repo, t, options };
    if (values["continue"]) return continueSequence(sequence);
    if (values["skip"]) return skipSequence(sequence);
    if (values["abort"]) return abortSequence(sequence);
    if (values["quit"]) return quitSequence(sequence);
    if (parsed.rest.length === 0 || parsed.rest.some((arg) => /^-./.test(arg) && arg !== "--not"))
      return stop(usage, 129);
    if (options.fastForward) {
      for (const [on, name] of [
        [options.signoff, "--signoff"],
        [options.noCommit, "--no-commit"],
        [options.origin, "-x"],
        [options.edit, "--edit"],
      ] as const) {
        if (on) die(`${kind}: ${name} cannot be used with --ff`);
      }
    }
    return startSequence(sequence, await commitsToPick(repo, parsed.rest, kind));
  });
}

/** Single commits in the order given; ranges oldest first (for revert newest first). */
async function commitsToPick(
  repo: WorkTreeRepository,
  args: readonly string[],
  kind: "cherry-pick" | "revert",
): Promise<Commit[]> {
  const revisions = await parseRevisions(repo, args, null).catch((problem: unknown) => {
    const named = problem instanceof Stop ? /ambiguous argument '([^']*)'/.exec(problem.message) : null;
    if (named) die(`bad revision '${named[1] as string}'`);
    throw problem;
  });
  const [bad] = [...revisions.paths, ...revisions.unknown];
  if (bad !== undefined) die(`bad revision '${bad}'`);
  const include: string[] = [];
  for (const revision of revisions.include) {
    const id = await peel(repo, revision.id, "commit");
    if (!id) die(`${revision.text}: can't ${kind} a ${(await typeOf(repo, revision.id)) ?? "object"}`);
    include.push(id);
  }
  if (revisions.exclude.length === 0) {
    const commits = await Promise.all(include.map((id) => readCommit(repo, id)));
    return commits.filter((commit) => commit !== null);
  }
  const found: Commit[] = [];
  for await (const commit of walkCommits(repo, {
    starts: include,
    exclude: revisions.exclude.map((revision) => revision.id),
    order: "default",
  }))
    found.push(commit);
  if (found.length === 0) stop(`error: empty commit set passed\nfatal: ${kind} failed\n`, 128);
  return kind === "revert" ? found : found.reverse();
}

async function typeOf(repo: WorkTreeRepository, id: string): Promise<string | null> {
  return (await repo.objectStore.read(id)).type;
}

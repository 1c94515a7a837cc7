/** `git switch`: https://git-scm.com/docs/git-switch */
import type { GitCommand } from "./call.ts";
import { parseOptions } from "./lib/options.ts";
import { USAGE } from "./lib/firstUsage.ts";
import { readRef } from "./lib/refs.ts";
import { openWorkTree } from "./lib/repository.ts";
import { resolveRevision } from "./lib/revision.ts";
import { guessRemoteBranch, switchBranch } from "./lib/switchBranch.ts";
import { die, run } from "./lib/transcript.ts";

const SPEC = {
  create: { names: ["-c", "--create"], value: "required" },
  forceCreate: { names: ["-C", "--force-create"], value: "required" },
  guess: { names: ["--guess"] },
  discard: { names: ["--discard-changes"] },
  quiet: { names: ["-q", "--quiet"] },
  progress: { names: ["--progress"] },
  merge: { names: ["-m", "--merge"] },
  detach: { names: ["-d", "--detach"] },
  track: { names: ["-t", "--track"], value: "optional" },
  force: { names: ["-f", "--force"] },
  orphan: { names: ["--orphan"], value: "required" },
} as const;

export const switchCommand: GitCommand = async (call) => {
  const parsed = parseOptions(call.args, SPEC, { usage: USAGE.switch });
  if ("result" in parsed) return parsed.result;
  const { values, counts, rest } = parsed;
  return run(async (t) => {
    const repo = await openWorkTree(call);
    const name = values.create ?? values.forceCreate;
    if (values.create !== undefined && values.forceCreate !== undefined)
      die("options '-c', '-C', and '--orphan' cannot be used together");
    if (values.detach && name !== undefined)
      die("'--detach' cannot be used with '-b/-B/--orphan'".replace("-b/-B", "-c/-C"));
    if (rest.length > 1) die("only one reference expected");
    if (rest.length === 0 && name === undefined && values.orphan === undefined && !values.detach)
      die("missing branch or commit argument");
    let [target] = rest;
    let create = name === undefined ? null : { name, force: values.forceCreate !== undefined };
    let track = counts.track === -1 ? false : values.track === undefined ? undefined : true;
    if (target !== undefined && !create && !values.detach && target !== "-" && counts.guess !== -1) {
      const known =
        (await readRef(repo, `refs/heads/${target}`)) !== null ||
        (await resolveRevision(repo, target)) !== null;
      const guess = known ? null : await guessRemoteBranch(repo, target);
      if (guess !== null && guess !== "several") {
        create = { name: target, force: false };
        target = guess;
        track ??= true;
      }
    }
    const orphan = values.orphan ?? null;
    return switchBranch(call, repo, t, {
      target,
      create,
      orphan,
      detach: values.detach,
      force: values.force || values.discard,
      quiet: values.quiet,
      track,
      command: "switch",
    });
  });
};

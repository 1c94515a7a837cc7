/** `git rebase`: https://git-scm.com/docs/git-rebase */
import type { GitCommand } from "./call.ts";
import { parseOptions } from "./lib/options.ts";
import { USAGE } from "./lib/porcelainUsage.ts";
import { openWorkTree } from "./lib/repository.ts";
import { die, run } from "./lib/transcript.ts";
import { abortRebase, continueRebase, editTodo, quitRebase, skipRebase } from "./rebase/resume.ts";
import { startRebase, type RebaseOptions } from "./rebase/start.ts";
import { rebaseDirectory } from "./rebase/state.ts";

const SPEC = {
  onto: { names: ["--onto"], value: "required" },
  keepBase: { names: ["--keep-base"] },
  noVerify: { names: ["--no-verify"] },
  quiet: { names: ["-q", "--quiet"] },
  verbose: { names: ["-v", "--verbose"] },
  stat: { names: ["--stat"] },
  noStat: { names: ["-n"] },
  signoff: { names: ["--signoff"] },
  force: { names: ["-f", "--force-rebase"] },
  noFf: { names: ["--no-ff"] },
  continue: { names: ["--continue"], noNegation: true },
  skip: { names: ["--skip"], noNegation: true },
  abort: { names: ["--abort"], noNegation: true },
  quit: { names: ["--quit"], noNegation: true },
  editTodo: { names: ["--edit-todo"], noNegation: true },
  merge: { names: ["-m", "--merge"] },
  interactive: { names: ["-i", "--interactive"] },
  autosquash: { names: ["--autosquash"] },
  autostash: { names: ["--autostash"] },
  keepEmpty: { names: ["--keep-empty"] },
  empty: { names: ["--empty"], value: "required" },
  exec: { names: ["-x", "--exec"], value: "list" },
  root: { names: ["--root"] },
  reapply: { names: ["--reapply-cherry-picks"] },
  forkPoint: { names: ["--fork-point"] },
  strategy: { names: ["-s", "--strategy"], value: "required" },
  strategyOption: { names: ["-X", "--strategy-option"], value: "list" },
  updateRefs: { names: ["--update-refs"] },
} as const;

export const rebase: GitCommand = async (call) => {
  const parsed = parseOptions(call.args, SPEC, { usage: USAGE.rebase });
  if ("result" in parsed) return parsed.result;
  const { values, counts, rest } = parsed;
  return run(async (t) => {
    const repo = await openWorkTree(call);
    const place = { call, repo, t };
    const resumes = values.continue || values.skip || values.abort || values.quit || values.editTodo;
    const running = await repo.fs.exists(rebaseDirectory(repo));
    if (resumes && !running) die("No rebase in progress?");
    if (values.continue) return continueRebase(place);
    if (values.skip) return skipRebase(place);
    if (values.abort) return abortRebase(place);
    if (values.quit) return quitRebase(place);
    if (values.editTodo) return editTodo(place);
    if (running) die(ALREADY);
    const options: RebaseOptions = {
      upstream: values.root ? undefined : rest[0],
      branch: values.root ? rest[0] : rest[1],
      onto: values.onto,
      root: values.root,
      interactive: values.interactive,
      autosquash:
        counts.autosquash === undefined ? repo.config.bool("rebase.autoSquash") === true : values.autosquash,
      autostash:
        counts.autostash === undefined ? repo.config.bool("rebase.autoStash") === true : values.autostash,
      exec: values.exec,
      force: values.force || values.noFf || values.signoff,
      signoff: values.signoff,
      noVerify: values.noVerify,
      quiet: values.quiet,
      keepEmpty: counts.keepEmpty !== -1,
      empty: values.empty ?? (values.interactive ? "ask" : values.exec.length > 0 ? "keep" : "drop"),
      reapply: values.reapply,
      keepBase: values.keepBase,
    };
    return startRebase(place, options);
  });
};

const ALREADY = `It seems that there is already a rebase-merge directory, and
I wonder if you are in the middle of another rebase.  If that is the
case, please try
	git rebase (--continue | --abort | --skip)
If that is not the case, please
	rm -fr ".git/rebase-merge"
and run me again.  I am stopping in case you still have something
valuable there.
`;

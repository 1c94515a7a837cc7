/**
 * `git verify-commit` and `git verify-tag`: https://git-scm.com/docs/git-verify-commit
 * There is no gpg in the lab: an unsigned object fails as in life, a signed one as on a machine without gpg.
 */
import type { GitCommand } from "./call.ts";
import { parseCommit, parseTag, readObject } from "./lib/objects.ts";
import { parseOptions } from "./lib/options.ts";
import { toUtf8 } from "../../../base/bytes.ts";
import { PLUMBING_USAGE } from "./lib/plumbingUsage.ts";
import { openRepository, type Repository } from "./lib/repository.ts";
import { resolveRevision } from "./lib/revision.ts";
import { run, stop, type Transcript } from "./lib/transcript.ts";

const OPTIONS = {
  verbose: { names: ["-v", "--verbose"] },
  raw: { names: ["--raw"] },
  format: { names: ["--format"], value: "required" },
} as const;

const NO_GPG = "error: cannot run gpg: No such file or directory\nerror: could not run gpg.\n";

type Verify = (t: Transcript, repo: Repository, name: string, verbose: boolean) => Promise<boolean>;

function command(usage: string, verify: Verify): GitCommand {
  return async (call) => {
    const parsed = parseOptions(call.args, OPTIONS, { usage });
    if ("result" in parsed) return parsed.result;
    const { values, rest } = parsed;
    return run(async (t) => {
      const repo = await openRepository(call);
      if (rest.length === 0) stop(usage, 129);
      let ok = true;
      for (const name of rest) ok = (await verify(t, repo, name, values.verbose)) && ok;
      return ok ? 0 : 1;
    });
  };
}

export const verifyCommit = command(PLUMBING_USAGE.verifyCommit, async (t, repo, name, verbose) => {
  const found = await resolveRevision(repo, name);
  if (!found) return complain(t, `commit '${name}' not found.`);
  const raw = await readObject(repo, found.id);
  if (!raw) return complain(t, `${name}: unable to read file.`);
  if (raw.type !== "commit")
    return complain(t, `${name}: cannot verify a non-commit object of type ${raw.type}.`);
  const signed = parseCommit(found.id, raw.content).extra.some(([header]) => header === "gpgsig");
  if (signed && verbose) t.out(toUtf8(raw.content));
  if (signed) t.err(NO_GPG);
  return false;
});

export const verifyTag = command(PLUMBING_USAGE.verifyTag, async (t, repo, name, verbose) => {
  const found = await resolveRevision(repo, name);
  if (!found) return complain(t, `tag '${name}' not found.`);
  const raw = await readObject(repo, found.id);
  if (!raw) return complain(t, `${name}: unable to read file.`);
  if (raw.type !== "tag") return complain(t, `${name}: cannot verify a non-tag object of type ${raw.type}.`);
  if (verbose) t.out(toUtf8(raw.content));
  if (parseTag(found.id, raw.content).message.includes("-----BEGIN PGP SIGNATURE-----")) t.err(NO_GPG);
  else t.err("error: no signature found\n");
  return false;
});

function complain(t: Transcript, text: string): false {
  t.err(`error: ${text}\n`);
  return false;
}

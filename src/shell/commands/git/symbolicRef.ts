/** `git symbolic-ref`: https://git-scm.com/docs/git-symbolic-ref */
import type { GitCommand } from "./call.ts";
import { logNote } from "./lib/head.ts";
import { ZERO_ID } from "./lib/objects.ts";
import { parseOptions } from "./lib/options.ts";
import { PLUMBING_USAGE } from "./lib/plumbingUsage.ts";
import {
  appendReflog,
  isRefName,
  readRef,
  resolveRef,
  shortenRef,
  symbolicEnd,
  symbolicTarget,
  writeSymbolicRef,
} from "./lib/refs.ts";
import { openRepository } from "./lib/repository.ts";
import { die, run, stop } from "./lib/transcript.ts";

const OPTIONS = {
  quiet: { names: ["-q", "--quiet"] },
  delete: { names: ["-d", "--delete"] },
  short: { names: ["--short"] },
  recurse: { names: ["--recurse"] },
  message: { names: ["-m"], value: "required" },
} as const;

export const symbolicRef: GitCommand = async (call) => {
  const parsed = parseOptions(call.args, OPTIONS, { usage: PLUMBING_USAGE.symbolicRef });
  if ("result" in parsed) return parsed.result;
  const { values, rest, counts } = parsed;
  const [name, target, ...more] = rest;
  return run(async (t) => {
    const repo = await openRepository(call);
    if (values.message === "") die("Refusing to perform update with empty message");
    if (name === undefined || more.length > 0 || (values.delete && target !== undefined))
      stop(PLUMBING_USAGE.symbolicRef, 129);
    const current = await symbolicTarget(repo, name);
    if (target === undefined) {
      if (current === null) {
        if (values.quiet) return 1;
        if (values.delete) die(`Cannot delete ${name}, not a symbolic ref`);
        die(`ref ${name} is not a symbolic ref`);
      }
      if (values.delete) {
        if (name === "HEAD") die(`deleting '${name}' is not allowed`);
        await repo.fs.rm(`${repo.gitDir}/${name}`, { force: true });
        return 0;
      }
      const end = counts.recurse === -1 ? current : await symbolicEnd(repo, name);
      t.out(`${values.short ? await shortenRef(repo, end, false) : end}\n`);
      return 0;
    }
    if (name === "HEAD" && !target.startsWith("refs/")) die("Refusing to point HEAD outside of refs/");
    if (!isRefName(target)) die(`Refusing to set '${name}' to invalid ref '${target}'`);
    const before = await resolveRef(repo, name);
    await writeSymbolicRef(repo, name, target);
    const after = await resolveRef(repo, target);
    if (values.message !== undefined && after && (await readRef(repo, name))) {
      const note = logNote(call, repo, values.message);
      await appendReflog(repo, name, {
        old: before?.id ?? ZERO_ID,
        new: after.id,
        person: note.person,
        message: note.message,
      });
    }
    return 0;
  });
};

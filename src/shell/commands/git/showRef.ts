/** `git show-ref`: https://git-scm.com/docs/git-show-ref */
import type { GitCommand } from "./call.ts";
import { abbreviate, peel, readObject } from "./lib/objects.ts";
import { parseOptions } from "./lib/options.ts";
import { PLUMBING_USAGE } from "./lib/plumbingUsage.ts";
import { isRefName, listRefs, resolveRef } from "./lib/refs.ts";
import { openRepository, type Repository } from "./lib/repository.ts";
import { stdinLines } from "./lib/stdin.ts";
import { die, run } from "./lib/transcript.ts";

const OPTIONS = {
  tags: { names: ["--tags"] },
  heads: { names: ["--heads"] },
  verify: { names: ["--verify"] },
  head: { names: ["--head"] },
  dereference: { names: ["-d", "--dereference"] },
  hash: { names: ["-s", "--hash"], value: "optional" },
  abbrev: { names: ["--abbrev"], value: "optional" },
  quiet: { names: ["-q", "--quiet"] },
  excludeExisting: { names: ["--exclude-existing"], value: "optional" },
} as const;

export const showRef: GitCommand = async (call) => {
  const parsed = parseOptions(call.args, OPTIONS, { usage: PLUMBING_USAGE.showRef });
  if ("result" in parsed) return parsed.result;
  const { values, rest } = parsed;
  return run(async (t) => {
    const repo = await openRepository(call);
    if (values.excludeExisting !== undefined) {
      const known = new Set((await listRefs(repo)).map((ref) => ref.name));
      for (const line of stdinLines(call.stdin)) {
        const name = line
          .replace(/\^\{\}$/, "")
          .split(/\s/)
          .at(-1) as string;
        if (name.startsWith(values.excludeExisting) && isRefName(name) && !known.has(name))
          t.out(`${line}\n`);
      }
      return 0;
    }
    const length = Number(values.hash || values.abbrev || (values.abbrev === undefined ? 40 : 7));
    const show = async (id: string, name: string) => {
      if (!(await readObject(repo, id))) die(`git show-ref: bad ref ${name} (${id})`);
      if (values.quiet) return;
      for (const [shown, label] of await versions(repo, id, name, values.dereference)) {
        const text = await abbreviate(repo, shown, length);
        t.out(values.hash === undefined ? `${text} ${label}\n` : `${text}\n`);
      }
    };
    if (values.verify) {
      if (rest.length === 0) die("--verify requires a reference");
      for (const name of rest) {
        const ref = name === "HEAD" || name.startsWith("refs/") ? await resolveRef(repo, name) : null;
        if (ref) await show(ref.id, name);
        else if (!values.quiet) die(`'${name}' - not a valid ref`);
        else return 1;
      }
      return 0;
    }
    let found = false;
    const head = values.head ? await resolveRef(repo, "HEAD") : null;
    const refs = [...(head ? [{ name: "HEAD", id: head.id }] : []), ...(await listRefs(repo))];
    for (const { name, id } of refs) {
      if (name !== "HEAD" && !ofKind(name, values)) continue;
      if (
        !(name === "HEAD" && values.head) &&
        rest.length > 0 &&
        !rest.some((pattern) => name === pattern || name.endsWith(`/${pattern}`))
      )
        continue;
      found = true;
      await show(id, name);
    }
    return found ? 0 : 1;
  });
};

function ofKind(name: string, values: { tags: boolean; heads: boolean }): boolean {
  if (!values.tags && !values.heads) return true;
  return (values.heads && name.startsWith("refs/heads/")) || (values.tags && name.startsWith("refs/tags/"));
}

async function versions(
  repo: Repository,
  id: string,
  name: string,
  dereference: boolean,
): Promise<[string, string][]> {
  const peeled = dereference ? await peel(repo, id) : null;
  return peeled !== null && peeled !== id
    ? [
        [id, name],
        [peeled, `${name}^{}`],
      ]
    : [[id, name]];
}

/** `git verify-pack`: https://git-scm.com/docs/git-verify-pack */
import { output, type GitCommand } from "./call.ts";
import { toHex } from "../../../base/bytes.ts";
import { sha1 } from "../../../base/digest.ts";
import { hashObject, parsePackIndex, readObject } from "./lib/objects.ts";
import { parseOptions } from "./lib/options.ts";
import { PLUMBING_USAGE } from "./lib/plumbingUsage.ts";
import { openRepository, type Repository } from "./lib/repository.ts";
import { run, type Transcript } from "./lib/transcript.ts";

const OPTIONS = {
  verbose: { names: ["-v", "--verbose"] },
  statOnly: { names: ["-s", "--stat-only"] },
  format: { names: ["--object-format"], value: "required" },
} as const;

export const verifyPack: GitCommand = async (call) => {
  const parsed = parseOptions(call.args, OPTIONS, { usage: PLUMBING_USAGE.verifyPack });
  if ("result" in parsed) return parsed.result;
  const { values, rest } = parsed;
  if (rest.length === 0) return output("", PLUMBING_USAGE.verifyPack, 129);
  return run(async (t) => {
    const repo = await openRepository(call);
    let ok = true;
    for (const name of rest) {
      const stem = name.replace(/\.(idx|pack)$/, "");
      const path = stem.startsWith("/") ? stem : `${call.cwd}/${stem}`;
      if (!(await repo.fs.exists(`${path}.idx`))) {
        t.err(`fatal: Cannot open existing pack file '${stem}.idx'\n`);
        ok = false;
        continue;
      }
      const good = await verify(
        t,
        repo,
        path,
        values.verbose && !values.statOnly,
        values.verbose || values.statOnly,
      );
      if (values.verbose && !values.statOnly) t.out(`${stem}.pack: ${good ? "ok" : "bad"}\n`);
      else if (!good) t.out(`${stem}.pack: bad\n`);
      ok &&= good;
    }
    return ok ? 0 : 1;
  });
};

async function verify(
  t: Transcript,
  repo: Repository,
  path: string,
  list: boolean,
  statistics: boolean,
): Promise<boolean> {
  const bytes = await repo.fs.readFileBuffer(`${path}.pack`);
  const objects = parsePackIndex(await repo.fs.readFileBuffer(`${path}.idx`)).toSorted(
    (a, b) => a.offset - b.offset,
  );
  let good = sha1(bytes.subarray(0, -20)) === toHex(bytes.subarray(-20));
  for (const [i, { id, offset }] of objects.entries()) {
    const raw = await readObject(repo, id);
    if (!raw || hashObject(raw.type, raw.content) !== id) good = false;
    const end = objects[i + 1]?.offset ?? bytes.length - 20;
    if (list && raw) t.out(`${id} ${raw.type.padEnd(6)} ${raw.content.length} ${end - offset} ${offset}\n`);
  }
  if (statistics && good) t.out(`non delta: ${objects.length} object${objects.length === 1 ? "" : "s"}\n`);
  return good;
}

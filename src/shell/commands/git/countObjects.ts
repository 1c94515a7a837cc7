/** `git count-objects`: https://git-scm.com/docs/git-count-objects */
import { output, type GitCommand } from "./call.ts";
import { looseIds, readPacks } from "./lib/objects.ts";
import { parseOptions } from "./lib/options.ts";
import { loosePath } from "./lib/packs.ts";
import { PLUMBING_USAGE } from "./lib/plumbingUsage.ts";
import { openRepository, type Repository } from "./lib/repository.ts";
import { run } from "./lib/transcript.ts";

const OPTIONS = {
  verbose: { names: ["-v", "--verbose"] },
  human: { names: ["-H", "--human-readable"] },
} as const;

/** What a file takes on disk: whole blocks. */
const BLOCK = 4096;

export const countObjects: GitCommand = async (call) => {
  const parsed = parseOptions(call.args, OPTIONS, { usage: PLUMBING_USAGE.countObjects });
  if ("result" in parsed) return parsed.result;
  const { values, rest } = parsed;
  if (rest.length > 0) return output("", PLUMBING_USAGE.countObjects, 129);
  return run(async (t) => {
    const repo = await openRepository(call);
    const loose = await looseIds(repo);
    let bytes = 0;
    for (const id of loose)
      bytes += Math.ceil((await repo.fs.stat(loosePath(repo, id))).size / BLOCK) * BLOCK;
    const size = (value: number) => (values.human ? humanBytes(value) : String(Math.floor(value / 1024)));
    if (!values.verbose) {
      t.out(`${loose.length} objects, ${size(bytes)}${values.human ? "" : " kilobytes"}\n`);
      return;
    }
    const packs = await readPacks(repo);
    const packed = new Set(packs.flatMap((pack) => pack.objects.map(({ id }) => id)));
    let packBytes = 0;
    for (const pack of packs)
      for (const end of [".pack", ".idx"])
        packBytes += await sizeOf(repo, `${repo.gitDir}/objects/pack/${pack.name}${end}`);
    const inPack = packs.reduce((sum, pack) => sum + pack.objects.length, 0);
    t.out(
      `count: ${loose.length}\nsize: ${size(bytes)}\nin-pack: ${inPack}\npacks: ${packs.length}\nsize-pack: ${size(packBytes)}\n`,
    );
    t.out(
      `prune-packable: ${loose.filter((id) => packed.has(id)).length}\ngarbage: 0\nsize-garbage: ${size(0)}\n`,
    );
  });
};

async function sizeOf(repo: Repository, path: string): Promise<number> {
  return (await repo.fs.stat(path)).size;
}

/** `1.50 KiB`, rounded down as git rounds. */
export function humanBytes(bytes: number): string {
  const units: readonly (readonly [number, string])[] = [
    [30, "GiB"],
    [20, "MiB"],
    [10, "KiB"],
  ];
  for (const [shift, unit] of units) {
    const one = 2 ** shift;
    if (bytes <= one) continue;
    const scaled = shift === 10 ? bytes + 5 : bytes + Math.floor(one / 200);
    const fraction = Math.floor(((scaled % one) * 100) / one);
    return `${Math.floor(scaled / one)}.${String(fraction).padStart(2, "0")} ${unit}`;
  }
  return `${bytes} bytes`;
}

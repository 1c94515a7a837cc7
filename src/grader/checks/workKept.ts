import * as z from "zod/mini";
import { toUtf8 } from "../../base/bytes.ts";
import type { CheckKind } from "../check.ts";
import { fail, pass } from "../check.ts";
import type { Evidence } from "../grade.ts";
import { introductions } from "../introductions.ts";
import type { Repository } from "../repository.ts";
import type { Scene } from "../scene.ts";
import { ancestors, cleanWork, commitsAbove, holdsCopy, tipOf } from "../work.ts";

const options = z.strictObject({
  branch: z.string(),
  base: z.string(),
  /** A file that must change, and the pattern that its new text must match. */
  file: z.string(),
  reads: z.string(),
});
type Options = z.infer<typeof options>;

/** The branch still builds on its base, brings in all clean work, and its one tainted file is mended, not lost. */
export const workKept: CheckKind<Options> = {
  kind: "work-kept",
  about:
    "A branch builds on its base, keeps every clean contribution, and its tainted file reads the value from elsewhere.",
  options,
  judge: async (scene, chosen) => {
    const evidence = [
      ...(await lostBase(scene, chosen)),
      ...(await lostWork(scene, chosen)),
      ...(await unmended(scene, chosen)),
    ];
    return evidence.length > 0 ? fail(evidence) : pass();
  },
};

export async function lostBase(
  scene: Scene,
  { branch, base }: { branch: string; base: string },
): Promise<Evidence[]> {
  const { repository, startRepository } = scene;
  const tip = await tipOf(scene, branch);
  const from = startRepository?.resolve(base);
  if (!repository || !tip || !from) return [{ surface: "objects.reachable", at: branch }];
  if ((await ancestors(repository, tip)).has(from)) return [];
  return [
    {
      surface: "objects.reachable",
      at: `${branch} ${tip.slice(0, 7)}`,
      object: tip,
    },
  ];
}

/** Clean contents that no commit of the branch brings in any more, or whose lines its newest tree lacks. */
export async function lostWork(
  scene: Scene,
  { branch, base }: { branch: string; base: string },
): Promise<Evidence[]> {
  const { repository, startRepository, memory } = scene;
  const tip = await tipOf(scene, branch);
  const from = startRepository?.resolve(base);
  if (!repository || !tip || !from) return [];
  const present = new Set<string>();
  for (const commit of await commitsAbove(repository, tip, from)) {
    for (const { path, blob } of await introductions(repository, memory, commit))
      present.add(`${blob} ${path}`);
  }
  const files = await repository.filesOf(tip);
  const lost: Evidence[] = [];
  for (const { path, blob, commit } of await cleanWork(scene, branch, base)) {
    const kept = present.has(`${blob} ${path}`) && (await keepsLines(scene, blob, files.get(path)?.id));
    if (!kept) lost.push({ surface: "objects.reachable", at: `${commit.slice(0, 7)} ${path}`, path });
  }
  return lost;
}

/** Whether a file of now has every line of a blob of the start: more may have been added since. */
async function keepsLines(
  { repository, startRepository }: Scene,
  blob: string,
  now: string | undefined,
): Promise<boolean> {
  if (now === blob) return true;
  const text = now === undefined ? null : await textOf(repository, now);
  if (text === null) return false;
  const lines = new Set(text.split("\n"));
  return ((await textOf(startRepository, blob)) ?? "").split("\n").every((line) => lines.has(line));
}

async function textOf(repository: Repository | null, id: string): Promise<string | null> {
  const object = (await repository?.object(id)) ?? null;
  return object && toUtf8(object.bytes);
}

/** The file at the tip of a branch, where its code does not match the pattern or holds a copy. */
export async function unmended(
  scene: Scene,
  { branch, file, reads }: { branch: string; file: string; reads: string },
): Promise<Evidence[]> {
  const { repository } = scene;
  const tip = await tipOf(scene, branch);
  if (!repository || !tip) return [];
  const entry = (await repository.filesOf(tip)).get(file);
  const text = entry ? await textOf(repository, entry.id) : null;
  const mended =
    entry &&
    text !== null &&
    new RegExp(reads).test(withoutComments(text)) &&
    !(await holdsCopy(scene, repository, entry.id));
  return mended
    ? []
    : [{ surface: "objects.reachable", at: `${branch} ${tip.slice(0, 7)} ${file}`, path: file, object: tip }];
}

/** Comments of JavaScript and of shell configuration; a sign within a string may be taken for one. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, " ").replace(/(^|\s)(?:\/\/|#).*$/gm, "$1");
}

import * as z from "zod/mini";
import { toUtf8 } from "../../base/bytes.ts";
import type { CheckKind } from "../check.ts";
import { fail, pass } from "../check.ts";
import type { Evidence } from "../grade.ts";
import { introductions } from "../gitSurfaces.ts";
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
  about: "A branch builds on its base, keeps every clean contribution, and its tainted file reads the value from elsewhere.",
  options,
  judge: async (scene, chosen) => {
    const evidence = [...(await lostBase(scene, chosen)), ...(await lostWork(scene, chosen)), ...(await unmended(scene, chosen))];
    return evidence.length > 0 ? fail(evidence) : pass();
  },
};

export async function lostBase(scene: Scene, { branch, base }: { branch: string; base: string }): Promise<Evidence[]> {
  const { repository, startRepository } = scene;
  const tip = tipOf(repository, branch);
  const from = startRepository.resolve(base);
  if (!repository || !tip || !from) return [{ surface: "objects.reachable", at: `no branch ${branch}` }];
  if ((await ancestors(repository, tip)).has(from)) return [];
  return [{ surface: "objects.reachable", at: `${branch} ${tip.slice(0, 7)} does not build on ${from.slice(0, 7)}`, object: tip }];
}

/** Clean contents that no commit of the branch brings in any more, or that its newest tree lacks. */
export async function lostWork(scene: Scene, { branch, base }: { branch: string; base: string }): Promise<Evidence[]> {
  const { repository, startRepository, memory } = scene;
  const tip = tipOf(repository, branch);
  const from = startRepository.resolve(base);
  if (!repository || !tip || !from) return [];
  const present = new Set<string>();
  for (const commit of await commitsAbove(repository, tip, from)) {
    for (const { path, blob } of await introductions(repository, memory, commit)) present.add(`${blob} ${path}`);
  }
  const tree = await repository.files((await repository.commit(tip))?.tree ?? "");
  const lost = (await cleanWork(scene, branch, base)).filter(({ path, blob }) => !present.has(`${blob} ${path}`) || tree.get(path)?.id !== blob);
  return lost.map(({ path, commit }) => ({ surface: "objects.reachable", at: `${path} of ${commit.slice(0, 7)}`, path }));
}

async function unmended(scene: Scene, { branch, file, reads }: Options): Promise<Evidence[]> {
  const { repository } = scene;
  const tip = tipOf(repository, branch);
  if (!repository || !tip) return [];
  const entry = (await repository.files((await repository.commit(tip))?.tree ?? "")).get(file);
  const text = entry ? toUtf8((await repository.object(entry.id))?.bytes ?? new Uint8Array()) : "";
  const mended = entry !== undefined && new RegExp(reads).test(text) && !(await holdsCopy(scene, repository, entry.id));
  return mended ? [] : [{ surface: "objects.reachable", at: `${branch} ${tip.slice(0, 7)} ${file}`, path: file, object: tip }];
}

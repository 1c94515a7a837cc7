import * as z from "zod/mini";
import type { CheckKind } from "../check.ts";
import { fail, pass } from "../check.ts";
import type { Evidence } from "../grade.ts";
import { hosted, likeness, publicRefs, taintedBelow, treeWithout } from "../history.ts";
import type { Repository } from "../repository.ts";
import type { Scene } from "../scene.ts";
import { ancestors } from "../work.ts";

const options = z.strictObject({
  /** owner/name on the forge. */
  repository: z.string(),
  /** Whose files may have gone. */
  credential: z.string(),
});
type Options = z.infer<typeof options>;

/** Every branch and tag of the start is there, with the same commits in all but ids and the files that held a credential. */
export const historyKept: CheckKind<Options> = {
  kind: "history-kept",
  about:
    "Each branch and tag that the repository had in the beginning is there, with its commits: author, date, message and files, all but the files that held the credential. Branches may have gone on; a tag has the tree that it had.",
  options,
  judge: async (scene, chosen) => {
    const losses = await lostHistory(scene, chosen);
    return losses.length > 0 ? fail(losses.map(({ ref, what }) => evidence(ref, what))) : pass();
  },
};

export interface Loss {
  /** "main", "v1.3". */
  readonly ref: string;
  readonly what: string;
}

/** What the start had and is missing now; one line for each branch and tag. */
export async function lostHistory(scene: Scene, { repository: id, credential }: Options): Promise<Loss[]> {
  const [before, after] = [hosted(scene, scene.start, id), hosted(scene, scene.world, id)];
  if (!before) return [];
  const [then, now] = [await publicRefs(before), after ? await publicRefs(after) : new Map<string, string>()];
  const without = new Set<string>();
  for (const tip of then.values())
    for (const { path } of await taintedBelow(scene, before, tip, credential)) without.add(path);
  const losses: Loss[] = [];
  for (const [name, tip] of then) {
    const moved = now.get(name);
    const what =
      moved === undefined || !after
        ? "is gone"
        : moved === tip
          ? null
          : await difference(scene, {
              before,
              after,
              tip,
              moved,
              without,
              isTag: name.startsWith("refs/tags/"),
            });
    if (what !== null) losses.push({ ref: name.replace(/^refs\/(?:heads|tags)\//, ""), what });
  }
  return losses;
}

interface Pair {
  readonly before: Repository;
  readonly after: Repository;
  readonly tip: string;
  readonly moved: string;
  readonly without: ReadonlySet<string>;
  readonly isTag: boolean;
}

async function difference(scene: Scene, pair: Pair): Promise<string | null> {
  const { before, after, tip, moved, without, isTag } = pair;
  const there = new Set<string>();
  for (const commit of await ancestors(after, moved))
    there.add((await likeness(scene, after, commit, without)).text);
  for (const commit of await ancestors(before, tip)) {
    // A tool may leave out what became empty.
    const { text, empty } = await likeness(scene, before, commit, without);
    if (!empty && !there.has(text)) return `lacks what ${commit.slice(0, 7)} was`;
  }
  const [old, files] = [await treeWithout(before, tip, without), await treeWithout(after, moved, without)];
  for (const [path, entry] of old)
    if (isTag ? files.get(path) !== entry : !files.has(path)) return `lacks ${path} as it was`;
  return isTag && files.size > old.size ? "has files that it had not" : null;
}

function evidence(ref: string, what: string): Evidence {
  return { surface: "remote", at: `${ref} ${what}` };
}

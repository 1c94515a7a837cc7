/** The learner's machine: the repository in the working tree, and everything around it. */
import { diskItems } from "../diskSurfaces.ts";
import { gitItems } from "../gitSurfaces.ts";
import { Repository } from "../repository.ts";
import type { Surface } from "../surface.ts";
import type { Source } from "./source.ts";

const COVERS: readonly Surface[] = [
  "worktree",
  "index",
  "objects.reachable",
  "stash",
  "tags",
  "notes",
  "reflog",
  "objects.unreachable",
  "git.files",
  "shell.history",
  "disk",
];

export const laptop: Source = {
  name: "laptop",
  covers: (surface) => COVERS.includes(surface),
  items: async ({ disk, work, home, memory }) => {
    const repository = Repository.at(disk, work, memory.objects);
    return [
      ...(repository ? await gitItems(repository, memory) : []),
      ...(await diskItems({ disk, work, home, gitDir: repository?.gitDir ?? null }, memory)),
    ];
  },
};

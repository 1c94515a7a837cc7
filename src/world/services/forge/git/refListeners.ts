/** Who has to know at once that refs moved: pull requests follow their branches. Nobody here may move a branch. */
import type { Forge } from "../forge.ts";
import { afterPush } from "../pulls.ts";
import type { Repository } from "../model.ts";
import type { RefMove } from "../rules/move.ts";
import type { By } from "./by.ts";

type RefListener = (
  forge: Forge,
  by: By,
  repository: Repository,
  moves: readonly RefMove[],
) => void | Promise<void>;

export const REF_LISTENERS: readonly RefListener[] = [
  async (forge, { identity }, repository, moves) => {
    for (const { ref } of moves) await afterPush(forge, identity, repository, ref);
  },
];

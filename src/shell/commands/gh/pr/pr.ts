/** `gh pr`. https://cli.github.com/manual/gh_pr */
import type { GhGroup } from "../command.ts";
import { absent } from "../command.ts";
import { prCheckout } from "./checkout.ts";
import { prChecks } from "./checks.ts";
import { prCreate } from "./create.ts";
import { prDiff } from "./diff.ts";
import { prEdit } from "./edit.ts";
import { prList } from "./list.ts";
import { prMerge } from "./merge.ts";
import { prReview } from "./review.ts";
import { prClose, prComment, prReady, prReopen } from "./state.ts";
import { prStatus } from "./status.ts";
import { prView } from "./view.ts";

export const prGroup: GhGroup = {
  name: "pr",
  about: "Work with pull requests",
  repoFlag: true,
  commands: [
    prCheckout,
    prChecks,
    prClose,
    prComment,
    prCreate,
    prDiff,
    prEdit,
    prList,
    absent("pr lock", "Lock the conversation of a pull request"),
    prMerge,
    prReady,
    prReopen,
    prReview,
    prStatus,
    absent("pr unlock", "Unlock the conversation of a pull request"),
    prView,
  ],
};

/** `gh issue`. https://cli.github.com/manual/gh_issue */
import { absent, type GhGroup } from "../command.ts";
import { COMMENT_FLAGS, comment } from "../subject.ts";
import { issueCreate } from "./create.ts";
import { issueEdit } from "./edit.ts";
import { findIssue } from "./find.ts";
import { issueList, issueStatus } from "./list.ts";
import { issueClose, issueDelete, issueReopen } from "./state.ts";
import { issueView } from "./view.ts";

export const issueGroup: GhGroup = {
  name: "issue",
  about: "Work with issues",
  repoFlag: true,
  commands: [
    issueClose,
    {
      name: "comment",
      args: "{<number> | <url>} [flags]",
      about: "Add a comment to an issue",
      takes: [1, 1],
      flags: COMMENT_FLAGS,
      run: (call) => comment(call, () => findIssue(call)),
    },
    issueCreate,
    issueDelete,
    absent("issue develop", "Manage branches of an issue"),
    issueEdit,
    issueList,
    absent("issue lock", "Lock the conversation of an issue"),
    absent("issue pin", "Pin an issue"),
    issueReopen,
    issueStatus,
    absent("issue transfer", "Transfer an issue to another repository"),
    absent("issue unlock", "Unlock the conversation of an issue"),
    absent("issue unpin", "Unpin an issue"),
    issueView,
  ],
};

/** `git revert`: https://git-scm.com/docs/git-revert */
import type { GitCommand } from "./call.ts";
import { sequenceCommand } from "./sequencer/command.ts";

export const revert: GitCommand = (call) => sequenceCommand(call, "revert");

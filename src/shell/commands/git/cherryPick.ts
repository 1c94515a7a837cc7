/** `git cherry-pick`: https://git-scm.com/docs/git-cherry-pick */
import type { GitCommand } from "./call.ts";
import { sequenceCommand } from "./sequencer/command.ts";

export const cherryPick: GitCommand = (call) => sequenceCommand(call, "cherry-pick");

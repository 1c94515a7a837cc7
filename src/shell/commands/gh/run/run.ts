/** `gh run`. https://cli.github.com/manual/gh_run */
import type { GhGroup } from "../command.ts";
import { runCancel, runDelete, runRerun } from "./control.ts";
import { runDownload } from "./download.ts";
import { runList } from "./list.ts";
import { runView } from "./view.ts";
import { runWatch } from "./watch.ts";

export const runGroup: GhGroup = {
  name: "run",
  about: "Work with runs of workflows",
  repoFlag: true,
  commands: [runCancel, runDelete, runDownload, runList, runRerun, runView, runWatch],
};
